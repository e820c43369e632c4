import { describe, expect, it } from '@jest/globals';
import { shownAddress, storedAddress } from './image-address.ts';

const hash = 'ab'.repeat(32);

describe('the address of a picture', () => {
  it.each([
    ['https://shop.example', `https://shop.example/images/${hash}`],
    ['', `/images/${hash}`],
  ])('is made of its hash and of where we are found (%s), and read back', (publicUrl, shown) => {
    expect(shownAddress(`sha256:${hash}`, publicUrl)).toBe(shown);
    expect(storedAddress(shown, publicUrl)).toBe(`sha256:${hash}`);
    expect(storedAddress(`sha256:${hash.toUpperCase()}`, publicUrl)).toBe(`sha256:${hash}`);
  });

  it.each([
    'https://img.example/1.jpg',
    `https://img.example/images/${hash}`,
    `https://shop.example/images/${hash}/320.webp`,
    'https://shop.example/images/tea.jpg',
  ])('is left as it is where it is not ours: %s', (address) => {
    expect(shownAddress(address, 'https://shop.example')).toBe(address);
    expect(storedAddress(address, 'https://shop.example')).toBe(address);
  });
});

import { describe, expect, it } from '@jest/globals';
import { Trail } from './trail.ts';

describe('a cookie', () => {
  it.each([
    ['goes back to who gave it', 'https://shop.test/', 'a=1; Path=/; HttpOnly', 'https://shop.test/tea', 'a=1'],
    ['goes to no other host', 'https://shop.test/', 'a=1', 'https://www.shop.test/', undefined],
    ['goes to hosts below its domain', 'https://www.shop.test/', 'a=1; Domain=.shop.test', 'https://shop.test/', 'a=1'],
    [
      'goes to nobody whom its giver is not below',
      'https://shop.test/',
      'a=1; Domain=bank.test',
      'https://bank.test/',
      undefined,
    ],
    ['goes to no whole country', 'https://shop.test/', 'a=1; Domain=test', 'https://bank.test/', undefined],
    ['without a name is none', 'https://shop.test/', '=1; Path=/', 'https://shop.test/', undefined],
    ['that would break a header is none', 'https://shop.test/', 'a=1\u00e9', 'https://shop.test/', undefined],
  ])('%s', (_what, giver, line, asked, sent) => {
    const trail = new Trail();

    trail.keepCookies(new URL(giver), line);

    expect(trail.cookiesFor(new URL(asked))).toBe(sent);
  });

  it('that is given again has its last value, and there are only so many', () => {
    const trail = new Trail();
    const url = new URL('https://shop.test/');

    trail.keepCookies(url, ['a=1', 'a=2', ...Array.from({ length: 100 }, (_, place) => `c${place}=x`)]);

    expect(trail.cookiesFor(url)?.split('; ')).toHaveLength(50);
    expect(trail.cookiesFor(url)).toMatch(/^a=2; c0=x; /);
  });
});

describe('a way', () => {
  it('that comes back is a circle, unless it brings a cookie that it did not have', () => {
    const trail = new Trail();
    const url = new URL('https://shop.test/');
    trail.enter(url);
    trail.keepCookies(url, 'seen=1');
    trail.enter(url);

    expect(() => trail.enter(url)).toThrow('shop.test sends its visitors round in a circle.');
  });

  it('ends after ten redirects', () => {
    const trail = new Trail();
    for (let hop = 0; hop <= 10; hop += 1) trail.enter(new URL(`https://shop.test/${hop}`));

    expect(() => trail.enter(new URL('https://shop.test/11'))).toThrow('more than 10 redirects');
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseUrl } from './normalise-url.ts';

describe('normaliseUrl', () => {
  it.each([
    ['https://Shop.Example/Milk?b=2&a=1', 'https://shop.example/Milk?b=2&a=1', 'shop.example'],
    ['  http://shop.example:80/milk#reviews ', 'http://shop.example/milk', 'shop.example'],
    ['https://shop.example:443', 'https://shop.example/', 'shop.example'],
    ['https://shop.example.:8443/x', 'https://shop.example:8443/x', 'shop.example:8443'],
    ['https://shop.example/x?utm_source=mail&id=7&GCLID=q&fbclid', 'https://shop.example/x?id=7', 'shop.example'],
    ['https://shop.example/x?utm_source=mail', 'https://shop.example/x', 'shop.example'],
    ['https://shop.example/x?q=a%20b+c&&ref=1', 'https://shop.example/x?q=a%20b+c&ref=1', 'shop.example'],
    ['https://магазин.example/хлеб', 'https://xn--80aairftm.example/%D1%85%D0%BB%D0%B5%D0%B1', 'xn--80aairftm.example'],
    ['http://0x7f.1/x', 'http://127.0.0.1/x', '127.0.0.1'],
    ['http://[::1]:8080/x', 'http://[::1]:8080/x', '[::1]:8080'],
  ])('keeps %s as %s', (text, url, host) => {
    expect(normaliseUrl(text)).toEqual({ url, host });
    expect(normaliseUrl(url)).toEqual({ url, host });
  });

  it.each([
    ...['', 'milk', 'shop.example/milk', '//shop.example/milk', 'ftp://shop.example/x', 'javascript:alert(1)'],
    ...[
      'file:///etc/passwd',
      'https://',
      'https://a b/',
      'https://user:secret@shop.example/',
      'https://user@shop.example/',
    ],
    ...['data:text/html,x', 'http://256.1.1.1/', `https://shop.example/${'x'.repeat(2_000)}`],
  ])('takes %j for no address', (text) => {
    expect(normaliseUrl(text)).toBeNull();
  });

  it('turns what no database could hold into what it can', () => {
    expect(normaliseUrl('https://shop.example/a\0b\ud800')?.url).toBe('https://shop.example/a%00b%EF%BF%BD');
  });

  it('says of what it said the same again', () => {
    const address = fc.webUrl({ withFragments: true, withQueryParameters: true });
    fc.assert(
      fc.property(address, (text) => {
        const normal = normaliseUrl(text);
        expect(normaliseUrl(normal?.url ?? '')).toEqual(normal);
      }),
    );
  });
});

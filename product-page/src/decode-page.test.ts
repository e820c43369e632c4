import { describe, expect, it } from '@jest/globals';
import { decodePage } from './decode-page.ts';

const bytes = (...parts: (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

/** «Чай» in windows-1251, and in KOI8-R. */
const cp1251 = [0xd7, 0xe0, 0xe9];
const koi8 = [0xfe, 0xc1, 0xca];

describe('the text of a page', () => {
  it.each([
    ['by its mark, whatever the header says', bytes([0xef, 0xbb, 0xbf], 'Чай'), 'text/html; charset=koi8-r', 'Чай'],
    ['by its mark, in UTF-16', Buffer.from('\uFEFFЧай', 'utf16le'), undefined, 'Чай'],
    ['as UTF-8 where it is, whatever the header says', bytes('Чай'), 'text/html; charset=windows-1251', 'Чай'],
    ['by the header', bytes(cp1251), 'text/html; charset="Windows-1251"', 'Чай'],
    ['by the header before the page', bytes('<meta charset=koi8-r>', cp1251), 'text/html;charset=cp1251', 'Чай'],
    ['by the page', bytes('<meta charset=koi8-r>', koi8), 'text/html', 'Чай'],
    [
      'by the page in its older form',
      bytes('<META content="text/html; charset=KOI8-R" http-equiv=Content-Type>', koi8),
      undefined,
      'Чай',
    ],
    ['by the declaration of XML', bytes('<?xml version="1.0" encoding="koi8-r"?>', koi8), 'application/xml', 'Чай'],
    ['by a name that is no standard', bytes('<meta charset="win-1251">', cp1251), undefined, 'Чай'],
    ['by the page where the header has an unknown name', bytes('<meta charset=koi8-r>', koi8), 'a/b;charset=x', 'Чай'],
    ['as windows-1252 where nobody says', bytes('caf', [0xe9], ' 5 ', [0x80]), 'text/html', 'café 5 €'],
    ['as windows-1252 where ISO 8859-1 is said', bytes([0x80]), 'text/html; charset=ISO-8859-1', '€'],
    ['in UTF-16 without a mark', Buffer.from('Tea', 'utf16le'), 'text/html; charset=utf-16le', 'Tea'],
    ['with what cannot be read marked', bytes('Чай', [0xff]), 'text/html; charset=utf-8', 'Чай\uFFFD'],
    ['as UTF-8 where a page that can be read says UTF-16', bytes('<meta charset=utf-16>', [0xff]), undefined, '\uFFFD'],
    ['of nothing', bytes(), 'text/html', ''],
  ])('is read %s', (_how, page, contentType, text) => {
    expect(decodePage(page, contentType).replace(/<[^>]*>/g, '')).toBe(text);
  });
});

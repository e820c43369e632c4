import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanBarcode, cleanText } from './text.ts';

describe('text as 1C writes it', () => {
  it.each([
    ['Гречка ядрица', 'Гречка ядрица'],
    ['  Гречка \u00a0 ядрица\t', 'Гречка ядрица'],
    ['Сыр &quot;Голландский&quot; 45&#37;', 'Сыр "Голландский" 45%'],
    ['Rice &amp; Beans', 'Rice & Beans'],
    ['AT&T &notit &lt', 'AT&T &notit &lt'],
    ['a\u0000b\u0007c', 'abc'],
    ['a\ud800b', 'a\ufffdb'],
    ['\ufeffМолоко\u200b', 'Молоко'],
    ['и\u0306од', 'йод'],
    ['хлеб\r\nбелый', 'хлеб белый'],
    ['&nbsp;', ''],
    ['&#0;x', '\ufffdx'],
  ])('cleans %j to %j', (raw, expected) => {
    expect(cleanText(raw, { kind: 'line' })).toBe(expected);
  });

  it('keeps the lines of a description', () => {
    const raw = ' Состав:\r\n  вода , соль \n\n\n\n Хранить  в холоде ';

    expect(cleanText(raw, { kind: 'prose' })).toBe('Состав:\nвода , соль\n\nХранить в холоде');
  });

  it('reads no entities in codes, and keeps leading zeros', () => {
    expect(cleanText(' 00012&amp;3 ', { kind: 'code' })).toBe('00012&amp;3');
  });

  it('takes the spaces out of a barcode, and nothing else', () => {
    expect(cleanBarcode(' 4 607001\u00a0234567 ')).toBe('4607001234567');
    expect(cleanBarcode('46-07')).toBe('46-07');
  });

  it('leaves text that PostgreSQL stores, and that a second cleaning does not change', () => {
    const kinds = fc.constantFrom('line' as const, 'code' as const, 'prose' as const);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), kinds, (raw, kind) => {
        const clean = cleanText(raw.replaceAll('&', '+'), { kind });

        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toContain('\u0000');
        expect(cleanText(clean, { kind })).toBe(clean);
      }),
    );
  });
});

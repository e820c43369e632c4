import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PriceKind, PriceTextRules } from './price-kind.ts';
import { readCurrencyText, readPriceText } from './read-price-text.ts';

type Row = readonly [text: string, amount: string | null, currency?: string | null, rules?: PriceTextRules];

/** What a text is read as, in the form of a row. */
const read = (text: string, rules: PriceTextRules = {}): string => {
  const found = readPriceText(text, rules);
  return found === null ? `${text}: none` : `${text}: ${found.amount} ${found.currency}`;
};
const expected = ([text, amount, currency = null]: Row): string =>
  amount === null ? `${text}: none` : `${text}: ${amount} ${currency}`;

function holds(rows: readonly Row[]): void {
  expect(rows.map(([text, , , rules]) => read(text, rules))).toEqual(rows.map(expected));
}

describe('readPriceText', () => {
  it('reads thousands and decimals in the notations of the world', () => {
    holds([
      ['2.499,95 €', '2499.95', 'EUR'],
      ['2\u00a0499,95\u00a0€', '2499.95', 'EUR'],
      ['2\u202f499,95 €', '2499.95', 'EUR'],
      ['2\u2009499,95 kr', '2499.95', 'NOK', { locale: 'nb-NO' }],
      ["2'499.95 CHF", '2499.95', 'CHF'],
      ['CHF 2’499.–', '2499', 'CHF'],
      ['₹2,49,999', '249999', 'INR'],
      ['٢٬٤٩٩٫٩٥ ر.س', '2499.95', 'SAR'],
      ['۲۴۹٬۹۰۰ ریال', '249900', 'IRR'],
      ['２，４９９円（税込）', '2499', 'JPY'],
      ['ราคา ๒,๔๙๙ บาท', '2499', 'THB'],
      ['44 890 тг.', '44890', 'KZT'],
      ['.95 €', '0.95', 'EUR'],
      ['8. 95 €', '8.95', 'EUR'],
      ['24 . 95 €', '24.95', 'EUR'],
      ['3,5 млн ₽', '3500000', 'RUB'],
      ['3.5万円', '35000', 'JPY'],
    ]);
  });

  it('reads hundredths that stand in an element of their own', () => {
    holds([
      ['35€ 99', '35.99', 'EUR'],
      ['35€99', '35.99', 'EUR'],
      ['35⁹⁹ €', '35.99', 'EUR'],
      ['35,99 €²', '35.99', 'EUR'],
      ['1299 00', '1299.00', 'EUR', { currency: 'EUR' }],
      ['1299 00', null],
      ['12 руб. 50 коп.', '12.50', 'RUB'],
      ['85p', '0.85', 'GBP', { currency: 'GBP' }],
      ['1080p', null],
      ['24,90 €uro', '24.90', 'EUR'],
      ['1.59999 Lei', '1599.99', 'RON'],
      ['129:90 kr', '129.90', 'SEK', { currency: 'SEK' }],
    ]);
  });

  it('lets the currency and the locale decide where a mark may be either', () => {
    holds([
      ['4.990', '4990', 'CLP', { currency: 'CLP' }],
      ['4.990', '4.990', 'KWD', { currency: 'KWD' }],
      ['4,990', '4990', 'KWD', { currency: 'KWD' }],
      ['4,990 TND', '4.990', 'TND'],
      ['4.990', '4990', 'EUR', { currency: 'EUR', locale: 'de-DE' }],
      ['4.990', null, null, { currency: 'USD', locale: 'en-US' }],
      ['0.990', '0.990', 'EUR', { currency: 'EUR' }],
      ['129.000원', '129000', 'KRW'],
    ]);
  });

  it('says whose sign it is only where the text, the store or its locale does', () => {
    holds([
      ['$12.95', '12.95', null],
      ['$12.95', '12.95', 'AUD', { locale: 'en_AU' }],
      ['$12.95', '12.95', 'CAD', { currency: 'CAD', locale: 'en-US' }],
      ['$12.95', '12.95', null, { currency: 'EUR' }],
      ['US$12.95', '12.95', 'USD', { currency: 'CAD' }],
      ['$12.95', '12.95', null, { currency: 'CLP' }],
      ['249 kr', '249', null],
      ['249 kr', '249', 'SEK', { currency: 'SEK' }],
      ['249 kr.', '249', 'DKK', { locale: 'da' }],
      ['¥1,980', '1980', null],
      ['¥1,980（税込）', '1980', 'JPY'],
      ['¥198', '198', 'CNY', { locale: 'zh-CN' }],
      ['24,90 €', '24.90', 'EUR', { currency: 'USD' }],
      ['24,90', '24.90', 'PLN', { currency: 'PLN' }],
      ['24,90', '24.90', null, { locale: 'not a locale!' }],
      ['R 1 299,00', '1299.00', 'ZAR', { locale: 'en-ZA' }],
      ['199 MAD', '199', 'MAD'],
    ]);
  });

  it('tells the price from what else a tag says', () => {
    holds([
      ['Was £59.99 Now £39.99', '39.99', 'GBP'],
      ['39,99 € UVP 59,99 €', '39.99', 'EUR'],
      ['99 ₽119 -17%', '99', 'RUB'],
      ['%20 indirim 79,90 TL', '79.90', 'TRY'],
      ['Price reduced from $50.00 to $30.00', '30.00', 'USD', { currency: 'USD' }],
      ['4,95 € (9,90 €/kg)', '4.95', 'EUR'],
      ['R$ 1.759,99 em até 12x de R$ 146,66', '1759.99', 'BRL'],
      ['19,99 € + 4,99 € Versand', '19.99', 'EUR'],
      ['3 Ausgaben für 14,85 EUR', '14.85', 'EUR'],
      ['499€499€499€', '499', 'EUR'],
      ['Size 42 €59.99', '59.99', 'EUR'],
      ['PS5 499,99 €', '499.99', 'EUR'],
      ['129,00 zł Najniższa cena z 30 dni: 99,00 zł', '129.00', 'PLN'],
      ['Lägsta pris 30 dagar: 249 kr, nu 299 kr', '299', 'SEK', { currency: 'SEK' }],
    ]);
  });

  it('finds no price in digits that are none', () => {
    const none = [
      'Ends in 3 days',
      '4.5 out of 5 stars',
      'iPhone 15 128 GB',
      'SKU 12345',
      '20% off',
      '-5,00 €',
      'Save $20.00',
      '2 for £5',
      '2/£5',
      'Du sparer 70 kr.',
      'A15',
      'Free shipping on orders $49+',
      '12.05.2027',
      '10:30',
      '+1 555 123 4567',
      '29.9949.99',
      '£10 - £5',
      'up to $50',
      '4006381333931',
      'Sold out',
      'gluten free',
      '€',
      '',
    ];

    expect(none.filter((text) => readPriceText(text, { currency: 'EUR' }) !== null)).toEqual([]);
  });

  it.each<[PriceKind, string, string, string | null]>([
    ['PRICE', '24,90 €', '24.90', null],
    ['FROM', 'à partir de 24,90 €', '24.90', null],
    ['FROM', 'ab 24,– €', '24', null],
    ['FROM', '1,980円から', '1980', null],
    ['RANGE', '24,90 – 49,90 €', '24.90', '49.90'],
    ['RANGE', 'from €24.90 to €49.90', '24.90', '49.90'],
    ['PER_UNIT', '24,90 €/kg', '24.90', null],
    ['PER_UNIT', 'Preis pro kg: 24,90 €', '24.90', null],
    ['FREE', 'Free!', '0', null],
    ['FREE', '0,00 € gratis', '0.00', null],
    ['ZERO', '0,00 €', '0.00', null],
    ['INSTALMENT', '12 x 24,90 €', '24.90', null],
    ['INSTALMENT', '24,90 € pro Monat', '24.90', null],
    ['INSTALMENT', 'от 299 ₽/мес', '299', null],
    ['OLD', 'UVP 24,90 €', '24.90', null],
  ])('calls it %s where it reads %s', (kind, text, amount, upper) => {
    expect(readPriceText(text)).toMatchObject({ kind, amount, upper });
  });

  it('keeps what was asked before', () => {
    expect(readPriceText('statt 59,99 € nur 39,99 €')).toMatchObject({ amount: '39.99', oldAmount: '59.99' });
  });

  it('reads back what any locale writes, exactly', () => {
    const locales =
      'ar-EG fa-IR bn-BD hi-IN en-IN my-MM th-TH de-DE de-AT de-CH fr-FR fr-CH fr-CA it-IT es-ES es-CL pt-PT pt-BR en-US en-GB en-ZA nl-NL sv-SE nb-NO da-DK fi-FI is-IS pl-PL cs-CZ hu-HU ro-RO bg-BG ru-RU uk-UA kk-KZ ka-GE hy-AM tr-TR el-GR he-IL ja-JP ko-KR zh-CN zh-TW vi-VN id-ID';
    const currencies =
      'EUR USD GBP JPY CNY KRW INR RUB UAH KZT PLN CZK RON SEK NOK DKK CHF TRY ILS AED SAR KWD BHD TND BRL CLP THB VND ZAR';

    fc.assert(
      fc.property(
        fc.constantFrom(...locales.split(' ')),
        fc.constantFrom(...currencies.split(' ')),
        fc.constantFrom('symbol', 'code', 'narrowSymbol'),
        fc.integer({ min: 1, max: 999_999_999 }),
        (locale, currency, currencyDisplay, hundredths) => {
          const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay });
          const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
          const sum = Math.max(1, hundredths) / 10 ** decimals;

          expect(readPriceText(format.format(sum), { locale, currency })).toMatchObject({
            amount: sum.toFixed(decimals),
            currency,
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('answers any text, however long, without a word of complaint', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.,' €$-x%/:٫|") }), (text) => {
        const found = readPriceText(text, { currency: 'EUR' });

        if (found !== null) expect(found.amount).toMatch(/^(?:0|[1-9]\d*)(?:\.\d+)?$/);
      }),
    );
    expect(readPriceText(`${'1 '.repeat(1_000_000)}€`)).toBeNull();
    expect(readPriceText('9'.repeat(1_000_000))).toBeNull();
  });
});

describe('readCurrencyText', () => {
  it('reads the currency that a text names', () => {
    const texts = ['€', 'EUR', 'in zł', 'Price in kr', 'US$', '€ / $', 'none'];

    expect(texts.map((text) => readCurrencyText(text, { currency: 'SEK' }))).toEqual([
      'EUR',
      'EUR',
      'PLN',
      'SEK',
      'USD',
      null,
      null,
    ]);
  });
});

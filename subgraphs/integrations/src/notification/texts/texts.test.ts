import {
  type LanguageName,
  languages,
  type NotificationKindName,
  notificationKinds,
} from '@gastronom/shared/notification';
import { describe, expect, it } from '@jest/globals';
import { confirmationText, digestText, notificationText, type TextParams, testText } from './texts.ts';

const total = { amount: '12345.50', currency: 'RUB' };
const priceAlert = {
  ...{ product: 'Tea', store: 'Contoso', price: { amount: '1290', currency: 'RUB' }, before: total },
  ...{ target: null, drop: null, fall: null, highest: null, fallDays: null, lowDays: null, others: null },
};
const samples: Readonly<Record<NotificationKindName, readonly TextParams[]>> = {
  ORDER_RECEIVED: [1, 2, 5, 21].flatMap((lines) => [
    { number: 'S-7', buyer: 'Bistro «Осень»', lines, total, deliverOn: { day: '2026-11-24' } },
    { number: 'S-7', buyer: null, lines, total, deliverOn: null },
  ]),
  ORDER_PLACED: [1, 2, 5].map((n) => ({ number: 'G-1', lines: n, suppliers: n, total })),
  ORDER_CHANGED: ['CONFIRMED', 'PARTLY_CONFIRMED', 'REJECTED', 'SHIPPED', 'CANCELLED'].flatMap((to) => [
    { number: 'S-7', to, supplier: 'Dairy', reason: 'Out of milk.' },
    { number: 'S-7', to, supplier: null, reason: null },
  ]),
  ORDER_CANCELLED: [
    { number: 'S-7', buyer: 'Bistro', reason: 'Closed.' },
    { number: 'S-7', buyer: null, reason: null },
  ],
  DELIVERY_MARKED: [
    { number: 'S-7', short: 0, damaged: 0, differences: 0, corrected: false },
    { number: 'S-7', short: 1, damaged: 2, differences: 3, corrected: true },
    { number: 'S-7', short: 5, damaged: 0, differences: 5, corrected: false },
  ],
  APPROVAL_REQUESTED: [{ number: 'G-1', total }],
  STANDING_ORDER_FAILED: [
    'INCOMPLETE',
    'NOTHING_ORDERABLE',
    'NOT_RESERVED',
    'MISSED',
    'APPROVAL_EXPIRED',
    'DECLINED',
    'NOT_PLACED',
  ].map((reason, count) => ({ name: 'Fish', number: 'G-1', reason, goods: 'Cod, Crab', count: count + 1 })),
  PAYMENT_CHANGED: ['PAID', 'FAILED', 'REFUNDED', 'DISPUTED', 'CHARGED_BACK'].flatMap((outcome) =>
    [false, true].map((shop) => ({ number: 'G-1', outcome, amount: total, shop })),
  ),
  INVOICE_MATCHED: [true, false].map((differs) => ({ number: 'F-9', total, differs, variance: total })),
  PRICE_ALERT: [true, false].flatMap((is) => [
    { ...priceAlert, backInStock: is, before: null },
    { ...priceAlert, backInStock: is, target: total, drop: 12, others: { offers: [{ store: 'Other', price: total }] } },
    { ...priceAlert, backInStock: is, fall: 20, highest: total, fallDays: 1, lowDays: 30 },
  ]),
  PRICE_PAGE_FAILING: ['NO_PRICE', 'GONE', 'BLOCKED', 'FETCH_ERROR'].flatMap((outcome) =>
    [1, 2, 6].map((count) => ({ store: 'Contoso', product: 'Tea', outcome, failures: 5, count, more: count - 1 })),
  ),
  WEBHOOK_DISABLED: ['GONE', 'FAILING'].map((reason) => ({ host: 'partner.example', reason })),
};

/** Spaces that do not break are spaces to a reader. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const said = (language: LanguageName, kind: NotificationKindName, params: TextParams): string => {
  const { title, body } = notificationText(language, kind, params);
  return plain(`${title} | ${body}`);
};

describe('texts', () => {
  it.each(languages)('say everything there is to say in %s, and leave nothing open', (language) => {
    const all = [
      ...notificationKinds.flatMap((kind) => samples[kind].map((params) => notificationText(language, kind, params))),
      testText(language),
      confirmationText(language, '012345'),
      digestText(language, [testText(language), testText(language)]),
    ];

    for (const { title, body } of all) {
      expect(`${title} ${body}`).not.toMatch(/[{}]|none|undefined|null|\bno\b(?!t)| {2}/);
      expect(title).toMatch(/\S/);
      expect(body).toMatch(/[.\d]$/);
    }
  });

  it('count as Russian counts', () => {
    const lines = (n: number) =>
      said('RU', 'ORDER_RECEIVED', { number: '7', buyer: 'Осень', lines: n, total, deliverOn: null });

    expect([1, 2, 5, 11, 21, 22, 25].map((n) => /Осень: (\d+ \S+)/.exec(lines(n))?.[1])).toEqual([
      '1 позиция',
      '2 позиции',
      '5 позиций',
      '11 позиций',
      '21 позиция',
      '22 позиции',
      '25 позиций',
    ]);
    const suppliers = (n: number) => said('RU', 'ORDER_PLACED', { number: '7', lines: 1, suppliers: n, total });
    expect([1, 2, 5, 21].map((n) => /от (.+?)\./.exec(suppliers(n))?.[1])).toEqual([
      '1 поставщика',
      '2 поставщиков',
      '5 поставщиков',
      '21 поставщика',
    ]);
  });

  it('write money and days as each language does', () => {
    const params = { number: 'S-7', buyer: 'Bistro', lines: 2, total, deliverOn: { day: '2026-11-24' } };

    expect(languages.map((language) => said(language, 'ORDER_RECEIVED', params))).toEqual([
      'New order S-7 | Bistro ordered 2 items for RUB 12,345.50. To be delivered on Tuesday, November 24.',
      'Ny beställning S-7 | Bistro har beställt 2 varor för 12 345,50 RUB. Levereras tisdag 24 november.',
      'Новый заказ S-7 | Bistro: 2 позиции на сумму 12 345,50 ₽. Доставка: вторник, 24 ноября.',
    ]);
  });

  it('tell of a delivery what was wrong with it, and of one that was right that it was', () => {
    const [right, wrong] = samples.DELIVERY_MARKED;

    expect(languages.map((language) => said(language, 'DELIVERY_MARKED', wrong ?? {}))).toEqual([
      'Delivery of order S-7 has differences | What was said before was corrected. 1 item came short. 2 items were damaged. See the delivery.',
      'Leveransen av beställning S-7 har avvikelser | Tidigare uppgifter har rättats. 1 vara saknades helt eller delvis. 2 varor var skadade. Se leveransen.',
      'Доставка по заказу S-7: есть расхождения | Прежние данные исправлены. Недостача по 1 позиции. Повреждения в 2 позициях. Подробности в доставке.',
    ]);
    expect(said('EN', 'DELIVERY_MARKED', right ?? {})).toBe(
      'Delivery of order S-7 was received | Everything that was due was received.',
    );
  });

  it('tell of a price what it was, why it is told, and what others ask', () => {
    const yen = { amount: '890', currency: 'JPY' };
    const params = {
      ...priceAlert,
      ...{ backInStock: false, target: { amount: '1300.00', currency: 'RUB' }, drop: 90, fall: 25, highest: total },
      ...{ fallDays: 30, lowDays: 2, others: { offers: [{ store: 'Other', price: yen }] } },
    };

    expect(languages.map((language) => said(language, 'PRICE_ALERT', params))).toEqual([
      'Tea: RUB 1,290.00 | Contoso asks RUB 1,290.00, before that RUB 12,345.50. Your target is RUB 1,300.00. That is 90 % less. That is 25 % below RUB 12,345.50, the highest in 30 days. That is the lowest in 2 days. Elsewhere: Other ¥890.',
      'Tea: 1 290,00 RUB | Contoso tar 1 290,00 RUB, tidigare 12 345,50 RUB. Ditt målpris är 1 300,00 RUB. Det är 90 % mindre. Det är 25 % under 12 345,50 RUB, det högsta på 30 dagar. Det är det lägsta på 2 dagar. På andra håll: Other 890 JPY.',
      'Tea: 1 290,00 ₽ | Цена в магазине Contoso: 1 290,00 ₽ (раньше 12 345,50 ₽). Ваша целевая цена: 1 300,00 ₽. Это на 90 % меньше. Это на 25 % ниже, чем 12 345,50 ₽, самая высокая цена за 30 дней. Это самая низкая цена за 2 дня. В других магазинах: Other 890 ¥.',
    ]);
  });

  it('tell of pages that fail how many they are', () => {
    const failing = (count: number) =>
      languages.map((language) =>
        said(language, 'PRICE_PAGE_FAILING', {
          ...{ store: 'Contoso', product: 'Tea', outcome: 'GONE', failures: 5, count, more: count - 1 },
        }),
      );

    expect(failing(1)[0]).toBe(
      'Contoso: a page cannot be read | The page of “Tea” is not there any more. We have tried 5 times in a row. The last prices stay as they were.',
    );
    expect(failing(3)).toEqual([
      'Contoso: 3 pages cannot be read | The page of “Tea” is not there any more, and 2 more pages fail. We have tried 5 times in a row. The last prices stay as they were.',
      'Contoso: 3 sidor går inte att läsa | Sidan för ”Tea” finns inte längre, och det gäller 2 sidor till. Vi har försökt 5 gånger i rad. De senaste priserna står kvar.',
      'Contoso: не читаются 3 страницы | Страницы товара «Tea» больше нет, и ещё 2 страницы недоступны. Попыток подряд: 5. Последние цены остались прежними.',
    ]);
  });

  it('take names with braces, quotes and markup for what they are', () => {
    const name = "{x} <b>O'Hara</b> # 'q'";
    const { body } = notificationText('EN', 'ORDER_CANCELLED', { number: '7', buyer: name, reason: null });

    expect(body).toBe(`${name} does not want it delivered any more.`);
  });
});

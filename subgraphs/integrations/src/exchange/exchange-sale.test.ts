import { ReadMeter } from '@gastronom/commerceml/decode-text';
import { scan } from '@gastronom/commerceml/file-scan';
import type { XmlElement } from '@gastronom/commerceml/xml-element';
import { streamXml } from '@gastronom/commerceml/xml-stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import type { Sale } from '../orders/orders-client.ts';
import { createExchangeGraph, type ExchangeGraph } from '../testing/exchange-graph.ts';

let graph: ExchangeGraph;
beforeAll(async () => {
  graph = await createExchangeGraph();
});
afterAll(() => graph.subgraph.close());
beforeEach(() => {
  graph.orders.sales = [];
  graph.orders.confirmed.length = 0;
  graph.orders.said.length = 0;
  graph.orders.outcomes.clear();
});

const sale: Sale = {
  id: '00000000-0000-4000-8000-000000000001',
  number: '2026-000042-1',
  status: 'PLACED',
  placedAt: '2026-11-21T22:30:00.000Z',
  changedAt: '2026-11-21T22:31:00.000Z',
  timeZone: 'Europe/Moscow',
  deliverOn: '2026-11-23',
  currency: 'RUB',
  delivery: '150.00',
  total: '548.00',
  isPaid: false,
  buyer: { id: '00000000-0000-4000-8000-0000000000a1', name: 'Блины & Ко <«Север»>' },
  note: 'Звонить\u0000 в дверь',
  lines: [
    {
      sku: 'MILK',
      name: 'Молоко "3,2 %"',
      unit: 'шт',
      quantity: '2',
      price: '199.00',
      total: '398.00',
      tax: '36.18',
      taxRate: '10',
      note: null,
    },
  ],
};

/** The text of every element that has no others, by its path in its document. */
async function leaves(xml: string): Promise<string[]> {
  const found: string[] = [];
  const look = ({ children, text, name }: XmlElement, path: readonly string[]): void => {
    const here = [...path, name];
    if (children.length === 0) found.push(`${here.join('/')}=${text}`);
    for (const child of children) look(child, here);
  };
  const chunks = async function* () {
    yield Buffer.from(xml);
  };
  const source = await scan({ path: 'answer.xml', chunks });
  await streamXml(source, 'utf-8', new ReadMeter(), {
    open: (name) => name === 'Документ',
    element: (element) => {
      for (const child of element.children) look(child, []);
    },
  });
  return found;
}

const said = (id: string, requisites: Record<string, string>, goods = '', operation = 'Заказ товара') =>
  `<Документ><Ид>${id}</Ид><Номер>2026-000042-1</Номер><ХозОперация>${operation}</ХозОперация><Товары>${goods}</Товары>
  <ЗначенияРеквизитов>${Object.entries(requisites)
    .map(
      ([name, value]) =>
        `<ЗначениеРеквизита><Наименование>${name}</Наименование><Значение>${value}</Значение></ЗначениеРеквизита>`,
    )
    .join('')}</ЗначенияРеквизитов></Документ>`;

const file = (...documents: string[]) =>
  `<?xml version="1.0" encoding="windows-1251"?><КоммерческаяИнформация ВерсияСхемы="2.05">${documents.join('\n')}</КоммерческаяИнформация>\n`;

describe('orders of the house', () => {
  it('are given as documents that 1C reads, whatever their texts hold', async () => {
    graph.orders.sales = [sale];
    const oneC = graph.oneC();
    await oneC.logIn('sale');

    const { text } = await oneC.say({ type: 'sale', mode: 'query' });

    const found = await leaves(text);
    expect(found.slice(0, 17)).toEqual([
      `Ид=${sale.id}`,
      'Номер=2026-000042-1',
      'Дата=2026-11-22',
      'ХозОперация=Заказ товара',
      'Роль=Продавец',
      'Валюта=RUB',
      'Курс=1',
      'Сумма=548.00',
      `Контрагенты/Контрагент/Ид=${sale.buyer.id}`,
      'Контрагенты/Контрагент/Наименование=Блины & Ко <«Север»>',
      'Контрагенты/Контрагент/ПолноеНаименование=Блины & Ко <«Север»>',
      'Контрагенты/Контрагент/Роль=Покупатель',
      'Время=01:30:00',
      'Комментарий=Звонить в дверь',
      'Товары/Товар/Ид=MILK',
      'Товары/Товар/Артикул=MILK',
      'Товары/Товар/Наименование=Молоко "3,2 %"',
    ]);
    expect(found).toEqual(
      expect.arrayContaining([
        'Товары/Товар/ЦенаЗаЕдиницу=199.00',
        'Товары/Товар/Количество=2',
        'Товары/Товар/СтавкиНалогов/СтавкаНалога/Ставка=10',
        'Товары/Товар/Ид=ORDER_DELIVERY',
        'ЗначенияРеквизитов/ЗначениеРеквизита/Значение=PLACED',
      ]),
    );
  });

  it('count as stored only when 1C says so, in the session that was given them', async () => {
    graph.orders.sales = [sale];
    const oneC = graph.oneC();
    await oneC.logIn('sale');

    await oneC.say({ type: 'sale', mode: 'query' });
    const before = [...graph.orders.confirmed];
    const { lines } = await oneC.say({ type: 'sale', mode: 'success' });
    graph.orders.fault = 'unavailable';
    const failed = await oneC.say({ type: 'sale', mode: 'query' });
    graph.orders.fault = undefined;

    expect([before, lines]).toEqual([[], ['success']]);
    expect(graph.orders.confirmed).toEqual(graph.orders.take('confirmOrdersIn1C').map(({ sessionId }) => sessionId));
    expect([failed.status, failed.lines[0]]).toEqual([500, 'failure']);
  });

  it('are moved by what 1C says of them, in pieces, in windows-1251, once however often it asks', async () => {
    const oneC = graph.oneC();
    await oneC.logIn('sale');
    const init = await oneC.say({ type: 'sale', mode: 'init' });
    const goods = '<Товар><Ид>MILK</Ид><Количество>1 000,5</Количество></Товар><Товар><Ид>ORDER_DELIVERY</Ид></Товар>';
    const bytes = iconv.encode(
      file(
        said(sale.id, { Проведен: 'true', ПометкаУдаления: 'false' }, goods),
        said('b', { ПометкаУдаления: 'true' }),
        said('c', { 'Дата отгрузки по 1С': '2026-11-22' }),
        said('d', { Проведен: 'true' }, '', 'Выплата безналичных денег'),
      ),
      'windows-1251',
    );
    graph.orders.outcomes.set('b', { outcome: 'REFUSED', message: 'It was shipped.' });
    const query = { type: 'sale', mode: 'file', filename: 'orders-1.xml' };

    const first = await oneC.say(query, bytes.subarray(0, 200));
    const silent = [...graph.orders.said];
    const last = await oneC.say(query, bytes.subarray(200));
    const asked = await oneC.say({ ...query, mode: 'import' });

    expect([init.lines[0], first.lines, silent]).toEqual(['zip=no', ['success'], []]);
    expect(last.lines).toEqual(['success', 'b: It was shipped.']);
    expect(asked.lines).toEqual(last.lines);
    expect(graph.orders.said.slice(0, 3)).toEqual([
      {
        id: sale.id,
        number: '2026-000042-1',
        posted: true,
        shipped: false,
        cancelled: false,
        lines: [{ sku: 'MILK', quantity: '1000.500' }],
      },
      expect.objectContaining({ id: 'b', posted: false, cancelled: true }),
      expect.objectContaining({ id: 'c', shipped: true, lines: [] }),
    ]);
    const [exchange] = await graph.exchanges();
    expect(exchange.files).toMatchObject([
      { name: 'orders-1.xml', state: 'IMPORTED', rowsDone: 3, note: 'b: It was shipped.' },
    ]);
  });

  it('are left alone by files that are none of theirs', async () => {
    const oneC = graph.oneC();
    await oneC.logIn('sale');
    const bring = async (text: string, filename: string) => {
      const piece = await oneC.say({ type: 'sale', mode: 'file', filename }, Buffer.from(text));
      return piece.lines[0] === 'failure' ? piece : oneC.say({ type: 'sale', mode: 'import', filename });
    };

    const answers = [
      await bring('<a/>', 'a.xml'),
      await bring('<?xml version="1.0"?><КоммерческаяИнформация><Документ>', 'b.xml'),
      await bring('<!DOCTYPE x [<!ENTITY y "z">]><КоммерческаяИнформация></КоммерческаяИнформация>', 'c.xml'),
      await oneC.say({ type: 'sale', mode: 'import', filename: 'never.xml' }),
    ];

    expect(answers.map(({ lines }) => lines[0])).toEqual(['failure', 'failure', 'failure', 'failure']);
    expect(graph.orders.said).toEqual([]);
  });
});

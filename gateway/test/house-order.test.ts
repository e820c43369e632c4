import { basic, type Call, ExchangePlayer } from '@gastronom/integrations/testing/exchange-player';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';
import { documents } from './marketplace-documents.ts';
import { Trader } from './marketplace-people.ts';
import { secret, until } from './one-c-harness.ts';

const look = `query ($id: ID!) { order(id: $id) { status supplierOrders { status
  lines { name quantity confirmedQuantity } changes { to party reason } } } }`;

/** The document of an order as 1C sends it back. */
const document = (id: string, requisites: Record<string, string>, goods: Record<string, string> = {}) => {
  const said = Object.entries(requisites).map(
    ([name, value]) =>
      `<ЗначениеРеквизита><Наименование>${name}</Наименование><Значение>${value}</Значение></ЗначениеРеквизита>`,
  );
  const lines = Object.entries(goods).map(
    ([sku, quantity]) => `<Товар><Ид>${sku}</Ид><Количество>${quantity}</Количество></Товар>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><КоммерческаяИнформация ВерсияСхемы="2.05"><Документ><Ид>${id}</Ид>
    <ХозОперация>Заказ товара</ХозОперация><Товары>${lines.join('')}</Товары>
    <ЗначенияРеквизитов>${said.join('')}</ЗначенияРеквизитов></Документ></КоммерческаяИнформация>`;
};

describe.each(modes)('an order of the shop’s own goods, %s', (mode) => {
  const before = process.env.ONE_C_WEBHOOK_SECRETS;
  let graph: TestGraph;
  let katya: Trader;
  beforeAll(async () => {
    Object.assign(process.env, { ONE_C_WEBHOOK_SECRETS: secret, STOCK_BUFFER_DEFAULT: '0' });
    graph = await startTestGraph(mode);
    katya = Trader.of(graph, graph.tokens.customer);
    const items = ['TEA', 'RICE'].map((sku) => ({ sku, name: sku, price: '50', currency: 'RUB', stockQuantity: 9 }));
    await Trader.of(graph, graph.tokens.service).do(documents.syncProducts, { source: 'shop', items });
  });
  afterAll(async () => {
    await graph.stop();
    delete process.env.STOCK_BUFFER_DEFAULT;
    if (before === undefined) delete process.env.ONE_C_WEBHOOK_SECRETS;
    else process.env.ONE_C_WEBHOOK_SECRETS = before;
  });

  const call: Call = async ({ method, query, headers, body }) => {
    const address = graph.url.replace('/graphql', `/api/v1/integrations/one_c/exchange${query}`);
    const response = await fetch(address, { method, headers, ...(body ? { body: new Uint8Array(body) } : {}) });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text: await response.text(),
    };
  };
  /** A session of 1C's, in which it asks for orders, stores them or not, and tells what it did to those it has. */
  const exchange = async (stores: boolean, files: Record<string, string> = {}): Promise<string> => {
    const oneC = new ExchangePlayer(call, basic('1c', secret));
    await oneC.logIn('sale');
    await oneC.say({ type: 'sale', mode: 'init' });
    const { text } = await oneC.say({ type: 'sale', mode: 'query' });
    if (stores) await oneC.say({ type: 'sale', mode: 'success' });
    for (const [filename, content] of Object.entries(files)) {
      await oneC.say({ type: 'sale', mode: 'file', filename }, Buffer.from(content));
      const { lines } = await oneC.say({ type: 'sale', mode: 'import', filename });
      expect(lines).toEqual(['success']);
    }
    return text;
  };
  const order = async (key: string) => {
    const lines = [
      { offerId: 'house:TEA', quantity: '3' },
      { offerId: 'house:RICE', quantity: '2' },
    ];
    await katya.do(documents.addToCart, { lines });
    const placed = await katya.do(documents.placeOrder, { idempotencyKey: key });
    const [part] = placed.order.supplierOrders;
    return { id: placed.order.id, partId: part.id };
  };
  const partOf = async (id: string) => (await katya.ask(look, { id })).data.order.supplierOrders[0];

  it('is given to 1C until it has stored it, and goes where 1C says that it went', async () => {
    const { id, partId } = await order('to-1c');

    const given = [await exchange(false), await exchange(true), await exchange(true)];
    const posted = document(partId, { Проведен: 'true' }, { TEA: '2', RICE: '2' });
    await exchange(true, { 'posted.xml': posted, 'posted-again.xml': posted });
    const confirmed = await partOf(id);
    const changed = await exchange(true);
    await exchange(true, {
      'shipped.xml': document(partId, { Проведен: 'true', 'Дата отгрузки по 1С': '2026-11-22' }),
    });
    const shipped = await partOf(id);

    expect(given.map((text) => text.split(partId).length > 1)).toEqual([true, true, false]);
    expect(given[0]).toContain('<Количество>3</Количество>');
    expect(confirmed.status).toBe('PARTLY_CONFIRMED');
    expect(confirmed.lines).toMatchObject([
      { name: 'TEA', quantity: '3', confirmedQuantity: '2' },
      { name: 'RICE', quantity: '2', confirmedQuantity: '2' },
    ]);
    // What was changed by 1C's own word is a newer version of the order, and is given once more.
    expect(changed).toContain(partId);
    expect(changed).toContain('<Количество>2</Количество>');
    expect(shipped.changes).toMatchObject([
      { to: 'PENDING' },
      { to: 'PLACED' },
      { to: 'PARTLY_CONFIRMED', party: 'SUPPLIER' },
      { to: 'SHIPPED', party: 'SUPPLIER' },
    ]);
  });

  it('that 1C struck out is cancelled, and its goods can be bought again', async () => {
    const rice = async (): Promise<number> => {
      const { data } = await graph.query(documents.shelf);
      return data.productsBySku.find(({ sku }: { sku: string }) => sku === 'RICE').availableOnline;
    };
    const { id, partId } = await order('struck-out');
    await exchange(true);
    const kept = await rice();

    await exchange(true, { 'struck.xml': document(partId, { ПометкаУдаления: 'true' }) });

    expect(await partOf(id)).toMatchObject({ status: 'CANCELLED', changes: [{}, {}, { reason: 'Cancelled in 1C.' }] });
    // Two of the nine are the order's before.
    expect(kept).toBe(5);
    await until('the goods are back', async () => (await rice()) === 7);
  });
});

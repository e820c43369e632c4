import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlacedOrders, people } from '../testing/placed-order.ts';

const confirm = `mutation ($input: ConfirmSupplierOrderInput!) { confirmSupplierOrder(input: $input) { userErrors { code } } }`;
const cancel = `mutation ($input: EndSupplierOrderInput!) { cancelSupplierOrder(input: $input) { userErrors { code } } }`;
const read = `query ($id: ID!) { supplierOrder(id: $id) { status lines { confirmedQuantity }
  changes { from to party reason } } }`;

const goods = [
  { name: 'Milk', quantity: '10', productSku: 'MILK', price: '3.33' },
  { name: 'Rice', quantity: '2', productSku: 'RICE', price: '7' },
];

let shop: PlacedOrders;
beforeAll(async () => {
  shop = await PlacedOrders.open();
});
afterAll(() => shop.close());

const inside = async (field: string, input: object) => {
  const data = await shop.ask(`mutation ($input: JSON!) { ${field}(input: $input) }`, { input }, viewers.internal);
  return data[field];
};
// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
const offered = (sessionId: string): Promise<any[]> => inside('offerOrdersTo1C', { sessionId, limit: 100 });
const stored = (sessionId: string): Promise<number> => inside('confirmOrdersIn1C', { sessionId });
const said = (id: string, document: object) =>
  inside('applySaleDocuments', {
    documents: [{ id, number: null, posted: false, shipped: false, cancelled: false, lines: [], ...document }],
  });

/** Of the orders that the session is given, those in question. */
const versions = async (sessionId: string, ids: readonly string[]) =>
  (await offered(sessionId)).filter(({ id }) => ids.includes(id)).map(({ id, version }) => [id, version]);

describe('orders of the house for 1C', () => {
  it('are given until it has stored them, and again when they change; those of others never', async () => {
    const [own, farms] = await shop.placeAll([{ lines: goods, isHouse: true }, { lines: goods }]);
    if (!own || !farms) throw new Error('two parts were placed');
    const ids = [own.id, farms.id];

    const first = await versions('s1', ids);
    const lost = await versions('s2', ids);
    await stored('s2');
    const after = await versions('s3', ids);
    await shop.ask(confirm, { input: { supplierOrderId: own.id } }, people.stella);
    const changed = await versions('s4', ids);
    // What 1C stored of the first session is older.
    await stored('s1');
    const late = await versions('s5', ids);
    await stored('s5');

    expect([first, lost, after]).toEqual([[[own.id, 1]], [[own.id, 1]], []]);
    expect([changed, late]).toEqual([[[own.id, 2]], [[own.id, 2]]]);
    expect(await versions('s6', ids)).toEqual([]);
  });

  it('that change between being given and being stored are given again', async () => {
    const { id } = await shop.place({ lines: goods, isHouse: true });

    await versions('t1', [id]);
    await shop.ask(confirm, { input: { supplierOrderId: id } }, people.stella);
    await stored('t1');

    expect(await versions('t2', [id])).toEqual([[id, 2]]);
  });

  it('that were called off before 1C could know of them are none of its business', async () => {
    const unknown = await shop.place({ lines: goods, isHouse: true });
    const known = await shop.place({ lines: goods, isHouse: true });
    const ids = [unknown.id, known.id];
    await shop.ask(cancel, { input: { supplierOrderId: unknown.id } }, people.anna);
    await versions('u1', ids);

    await shop.ask(cancel, { input: { supplierOrderId: known.id } }, people.anna);

    const [last] = (await offered('u2')).filter(({ id }) => ids.includes(id));
    expect(last).toMatchObject({ id: known.id, status: 'CANCELLED' });
    expect(await versions('u3', ids)).toHaveLength(1);
  });

  it('say what is wanted now, with the buyer’s name and amounts with tax', async () => {
    const { id, number, lineIds } = await shop.place({ lines: goods, isHouse: true });
    const lines = [
      { lineId: lineIds[0], quantity: '4' },
      { lineId: lineIds[1], quantity: '0' },
    ];
    await shop.ask(confirm, { input: { supplierOrderId: id, lines } }, people.stella);

    const [sale] = (await offered('v1')).filter((one) => one.id === id);

    expect(sale).toMatchObject({
      number,
      status: 'PARTLY_CONFIRMED',
      buyer: { name: 'Blini & Co' },
      total: '14.65',
      isPaid: false,
      lines: [{ sku: 'MILK', quantity: '4', price: '3.66', total: '14.65', tax: '1.33', taxRate: '10' }],
    });
  });

  it('follow what 1C says of them as far as it makes sense, once', async () => {
    const one = await shop.place({ lines: goods, isHouse: true });
    const other = await shop.place({ lines: goods, isHouse: true });
    const farms = await shop.place({ lines: goods });
    const told = { posted: true, lines: [{ sku: 'MILK', quantity: '7.000' }] };

    const posted = await said(one.id, told);
    const again = await said(one.id, told);
    const shipped = await said(one.id, { ...told, shipped: true });
    const tooLate = await said(one.id, { cancelled: true });
    const struck = await said('x', { number: other.number, cancelled: true });
    const foreign = await said(farms.id, { cancelled: true });

    const outcomes = [posted, again, shipped, tooLate, struck, foreign].map(([answer]) => answer.outcome);
    expect(outcomes).toEqual(['APPLIED', 'UNCHANGED', 'APPLIED', 'UNCHANGED', 'APPLIED', 'UNKNOWN']);
    const { supplierOrder } = await shop.ask(read, { id: one.id }, people.anna);
    expect(supplierOrder).toMatchObject({
      status: 'SHIPPED',
      lines: [{ confirmedQuantity: '7' }, { confirmedQuantity: '0' }],
      changes: [
        { from: 'PLACED', to: 'PARTLY_CONFIRMED', party: 'SUPPLIER' },
        { from: 'PARTLY_CONFIRMED', to: 'SHIPPED' },
      ],
    });
    expect((await shop.ask(read, { id: other.id }, people.anna)).supplierOrder.changes).toMatchObject([
      { to: 'CANCELLED', reason: 'Cancelled in 1C.' },
    ]);
  });
});

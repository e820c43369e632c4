import type { UserViewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlacedOrders, people } from '../testing/placed-order.ts';

const fields = `delivery { id number status revision complete markedFor total { amount } correctableUntil
    lines { lineId line { name } received short damaged weight total { amount } } revisions { revision markedFor reason lines { received } } }
  supplierOrder { status version deliveredTotal { amount }
    lines { confirmedQuantity receivedQuantity damagedQuantity } deliveries { number } }
  userErrors { code field }`;
const mark = `mutation ($input: MarkDeliveredInput!) { markDelivered(input: $input) { ${fields} } }`;
const correct = `mutation ($input: CorrectDeliveryInput!) { correctDelivery(input: $input) { ${fields} } }`;
const orderOf = 'query ($id: ID!) { order(id: $id) { status } }';
const deliveryOf = 'query ($id: ID!) { delivery(id: $id) { id } }';

const milkAndBread = [
  { name: 'Milk', quantity: '10', price: '3.33' },
  { name: 'Bread', quantity: '5', price: '2' },
];

let shop: PlacedOrders;
beforeAll(async () => {
  shop = await PlacedOrders.open();
});
afterAll(() => shop.close());

let keys = 0;
const run = async (mutation: string, input: object, viewer: UserViewer = people.anna) => {
  keys += 1;
  const data = await shop.ask(mutation, { input: { idempotencyKey: `key-${keys}`, ...input } }, viewer);
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  return Object.values(data)[0] as any;
};

describe('a delivery', () => {
  it('of all that was ordered completes the order', async () => {
    const { id, orderId } = await shop.place({ lines: milkAndBread });

    const { delivery, supplierOrder } = await run(mark, { supplierOrderId: id, signedBy: 'Anna' });

    expect(delivery).toMatchObject({ number: 1, status: 'MARKED', complete: true, markedFor: 'BUYER' });
    expect(delivery.total).toEqual({ amount: '47.63' });
    expect(supplierOrder).toMatchObject({ status: 'DELIVERED', deliveredTotal: { amount: '47.63' } });
    expect((await shop.ask(orderOf, { id: orderId }, people.anton)).order.status).toBe('COMPLETED');
  });

  it('tells what came short and what was damaged, and costs what was accepted', async () => {
    const { id, lineIds } = await shop.place({ lines: milkAndBread });
    const lines = [{ lineId: lineIds[0], received: '8', damaged: '1' }];

    const { delivery } = await run(mark, { supplierOrderId: id, lines });

    // 7 of 10 × 3.33 + 10 % = 25.64, and 11.
    expect(delivery.lines.map(({ total }: { total: object }) => total)).toEqual([
      { amount: '25.64' },
      { amount: '11.00' },
    ]);
    expect(delivery.lines).toMatchObject([
      { line: { name: 'Milk' }, received: '8', short: '2', damaged: '1' },
      { line: { name: 'Bread' }, received: '5', short: '0', damaged: '0' },
    ]);
    const [told] = await shop.told('DeliveryMarked', id);
    expect(told).toMatchObject({
      deliveryId: delivery.id,
      revision: 1,
      promisedOn: '2026-11-25',
      promisedFrom: '08:00',
      complete: true,
      lines: [
        { ordered: '10.000', confirmed: '10.000', received: '8.000', short: '2.000', damaged: '1.000' },
        { ordered: '5.000', received: '5.000', short: '0.000', damaged: '0.000' },
      ],
    });
  });

  it('may be one of several, which together come to the last cent', async () => {
    const { id, lineIds } = await shop.place({ lines: [{ name: 'Tea', quantity: '3', price: '3.333' }] });
    const one = { supplierOrderId: id, restFollows: true, lines: [{ lineId: lineIds[0], received: '1' }] };

    const first = await run(mark, one);
    const second = await run(mark, { ...one });
    const tooMuch = await run(mark, { ...one, lines: [{ lineId: lineIds[0], received: '1.001' }] });
    const last = await run(mark, { supplierOrderId: id });

    expect(first.supplierOrder.status).toBe('PARTLY_DELIVERED');
    expect(tooMuch.userErrors).toEqual([{ code: 'BAD_QUANTITY', field: ['input', 'lines', '0', 'received'] }]);
    expect([first, second, last].map(({ delivery }) => delivery.total.amount)).toEqual(['3.67', '3.66', '3.67']);
    expect([first, second, last].map(({ delivery }) => delivery.lines[0].short)).toEqual(['2', '1', '0']);
    expect(last.supplierOrder).toMatchObject({ status: 'DELIVERED', deliveredTotal: { amount: '11.00' } });
    expect(last.supplierOrder.deliveries).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
  });

  it('of goods by weight costs what they really weigh', async () => {
    const line = { name: 'Salmon', quantity: '2', price: '50', packSize: '2.5', taxRate: '0', catchWeight: true };
    const { id, lineIds } = await shop.place({ lines: [line, ...milkAndBread] });

    const wrong = await run(mark, { supplierOrderId: id, lines: [{ lineId: lineIds[1], received: '1', weight: '2' }] });
    const { delivery } = await run(mark, {
      supplierOrderId: id,
      lines: [{ lineId: lineIds[0], received: '2', weight: '5.2' }],
    });

    expect(wrong.userErrors).toMatchObject([{ code: 'BAD_WEIGHT' }]);
    expect(delivery.lines[0]).toMatchObject({ weight: '5.2', total: { amount: '104.00' } });
  });

  it('is told once, however often the same call comes, and by however many at once', async () => {
    const { id, lineIds } = await shop.place({ lines: milkAndBread });
    const input = { idempotencyKey: 'the same', supplierOrderId: id, lines: [{ lineId: lineIds[0], received: '9' }] };

    const answers = await Promise.all([run(mark, input), run(mark, input), run(mark, input)]);
    const other = await run(mark, { ...input, lines: [{ lineId: lineIds[0], received: '8' }] });
    const late = await run(mark, { supplierOrderId: id }, people.fiona);

    expect(new Set(answers.map(({ delivery }) => delivery.id)).size).toBe(1);
    expect(other.userErrors).toMatchObject([{ code: 'KEY_REUSED' }]);
    expect(late.userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    expect(await shop.told('DeliveryMarked', id)).toHaveLength(1);
  });

  it('that the supplier told of can be corrected by the buyer for a while, and by staff; what was told is kept', async () => {
    const { id, lineIds } = await shop.place({ lines: milkAndBread });
    const { delivery } = await run(mark, { supplierOrderId: id }, people.fiona);
    const input = {
      deliveryId: delivery.id,
      reason: 'Two were missing',
      lines: [{ lineId: lineIds[0], received: '8' }],
    };

    const bySupplier = await run(correct, input, people.fiona);
    const byRival = await run(correct, input, people.rival);
    const corrected = await run(correct, { ...input, revision: 1, idempotencyKey: 'once' });
    const again = await run(correct, { ...input, revision: 1, idempotencyKey: 'once' });
    const meanwhile = await run(correct, { ...input, revision: 1 });
    const { now } = shop;
    shop.now += 48 * 3_600_000 + 1;
    const late = await run(correct, input);
    const byStaff = await run(correct, { ...input, lines: [{ lineId: lineIds[0], received: '9' }] }, people.stella);
    shop.now = now;

    expect(bySupplier.userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    expect(byRival.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(corrected.delivery).toMatchObject({ status: 'CORRECTED', revision: 2, total: { amount: '40.30' } });
    expect(corrected.supplierOrder.lines[0]).toMatchObject({ confirmedQuantity: '10', receivedQuantity: '8' });
    expect(again).toEqual(corrected);
    expect(meanwhile.userErrors).toMatchObject([{ code: 'CHANGED_MEANWHILE' }]);
    expect(late.userErrors).toMatchObject([{ code: 'TOO_LATE' }]);
    expect(byStaff.delivery.revisions).toEqual([
      { revision: 1, markedFor: 'SUPPLIER', reason: null, lines: [{ received: '10' }, { received: '5' }] },
      { revision: 2, markedFor: 'BUYER', reason: 'Two were missing', lines: [{ received: '8' }, { received: '5' }] },
      { revision: 3, markedFor: 'STAFF', reason: 'Two were missing', lines: [{ received: '9' }, { received: '5' }] },
    ]);
    const told = await shop.told('DeliveryMarked', id);
    expect(told.map(({ deliveryId, revision }) => [deliveryId, revision])).toEqual(
      [1, 2, 3].map((revision) => [delivery.id, revision]),
    );
    const audit = await shop.subgraph.ownerQuery(
      `SELECT FROM jobs.job WHERE name = 'record-audit' AND data ->> 'action' = 'delivery.correct'`,
    );
    expect(audit).toHaveLength(2);
  });

  it('is seen by the parties of its order and by staff alone', async () => {
    const { id } = await shop.place({ lines: milkAndBread });
    const { delivery } = await run(mark, { supplierOrderId: id });
    const seen = async (viewer: UserViewer) =>
      (await shop.ask(deliveryOf, { id: delivery.id }, viewer)).delivery !== null;

    const { anna, anton, fiona, stella, rival, otherFarm } = people;
    expect(await Promise.all([anna, anton, fiona, stella].map(seen))).toEqual([true, true, true, true]);
    expect(await Promise.all([rival, otherFarm].map(seen))).toEqual([false, false]);
  });

  it('is refused in the future, with bad photos, and with words that are none', async () => {
    const { id } = await shop.place({ lines: milkAndBread });
    const refused = async (input: object) => {
      const { userErrors } = await run(mark, { supplierOrderId: id, ...input });
      return userErrors.map(
        ({ code, field }: { code: string; field: string[] }) => `${code} ${field.slice(1).join('.')}`,
      );
    };

    expect(await refused({ deliveredAt: new Date(shop.now + 3_600_000) })).toEqual(['BAD_DATE deliveredAt']);
    expect(await refused({ photos: ['http://example.com/a.jpg'] })).toEqual(['BAD_PHOTO photos']);
    expect(await refused({ signedBy: 'A\u0000' })).toEqual(['BAD_TEXT signedBy']);
    expect(await refused({ idempotencyKey: ' ' })).toEqual(['BAD_TEXT idempotencyKey']);
    expect(await shop.told('DeliveryMarked', id)).toEqual([]);
  });
});

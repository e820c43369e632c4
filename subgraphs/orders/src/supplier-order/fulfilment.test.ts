import type { UserViewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { house, PlacedOrders, people, restaurant } from '../testing/placed-order.ts';

const fields = `supplierOrder { id status version changes { from to party reason } allowedTransitions { command to }
  lines { id quantity confirmedQuantity substituteStatus backOrderedQuantity total { amount } } total { amount }
  backOrders { id number status total { amount } lines { quantity total { amount } } } }
  userErrors { code field }`;
const confirm = `mutation ($input: ConfirmSupplierOrderInput!) { confirmSupplierOrder(input: $input) { ${fields} } }`;
const reject = `mutation ($input: EndSupplierOrderInput!) { rejectSupplierOrder(input: $input) { ${fields} } }`;
const cancel = `mutation ($input: EndSupplierOrderInput!) { cancelSupplierOrder(input: $input) { ${fields} } }`;
const ship = `mutation ($input: ShipSupplierOrderInput!) { shipSupplierOrder(input: $input) { ${fields} } }`;
const answer = `mutation ($input: AnswerSubstituteInput!) { answerSubstitute(input: $input) { ${fields} } }`;
const statusOf = 'query ($id: ID!) { supplierOrder(id: $id) { status } }';
const orderOf = 'query ($id: ID!) { order(id: $id) { status } }';

const milkAndBread = [
  { name: 'Milk', quantity: '10', price: '3.33' },
  { name: 'Bread', quantity: '5', price: '2' },
];

let shop: PlacedOrders;
beforeAll(async () => {
  shop = await PlacedOrders.open();
});
afterAll(() => shop.close());

const run = async (mutation: string, input: object, viewer: UserViewer = people.fiona) => {
  const data = await shop.ask(mutation, { input }, viewer);
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  return Object.values(data)[0] as any;
};

describe('a supplier’s order', () => {
  it('goes from placed over confirmed to shipped, step by step, and tells of each', async () => {
    const { id, orderId, lineIds } = await shop.place({ lines: milkAndBread });

    const confirmed = await run(confirm, { supplierOrderId: id, version: 1 });
    const shipped = await run(ship, { supplierOrderId: id, version: 2, trackingNote: 'Van 3' });

    expect(confirmed.userErrors).toEqual([]);
    expect(confirmed.supplierOrder).toMatchObject({ status: 'CONFIRMED', version: 2 });
    expect(confirmed.supplierOrder.lines.map((line: { confirmedQuantity: string }) => line.confirmedQuantity)).toEqual([
      '10',
      '5',
    ]);
    expect(shipped.supplierOrder.changes).toEqual([
      { from: 'PLACED', to: 'CONFIRMED', party: 'SUPPLIER', reason: null },
      { from: 'CONFIRMED', to: 'SHIPPED', party: 'SUPPLIER', reason: null },
    ]);
    expect(await shop.told('SupplierOrderChanged', id)).toEqual([
      expect.objectContaining({
        orderId,
        from: 'PLACED',
        to: 'CONFIRMED',
        buyer: { kind: 'ORGANIZATION', id: restaurant },
        confirmed: [
          { lineId: lineIds[0], quantity: '10.000' },
          { lineId: lineIds[1], quantity: '5.000' },
        ],
      }),
      expect.objectContaining({ from: 'CONFIRMED', to: 'SHIPPED', actor: `user:${people.fiona.userId}` }),
    ]);
  });

  it('answers a command that came before the same, and changes nothing', async () => {
    const { id, lineIds } = await shop.place({ lines: milkAndBread });
    const input = { supplierOrderId: id, version: 1, lines: [{ lineId: lineIds[0], quantity: '4' }] };

    const first = await run(confirm, input);
    const second = await run(confirm, input);
    const other = await run(confirm, { ...input, lines: [{ lineId: lineIds[0], quantity: '5' }] });

    expect(first.supplierOrder).toMatchObject({ status: 'PARTLY_CONFIRMED', version: 2 });
    expect(second).toEqual(first);
    expect(other).toEqual({
      supplierOrder: null,
      userErrors: [{ code: 'CHANGED_MEANWHILE', field: ['input', 'version'] }],
    });
    expect(await shop.told('SupplierOrderChanged', id)).toHaveLength(1);
  });

  it('is nobody’s but its parties’', async () => {
    const { id } = await shop.place({ lines: milkAndBread });

    const rival = await run(cancel, { supplierOrderId: id }, people.rival);
    const otherFarm = await run(reject, { supplierOrderId: id, reason: 'No.' }, people.otherFarm);
    const buyer = await run(confirm, { supplierOrderId: id }, people.anna);
    const staff = await run(confirm, { supplierOrderId: id }, people.stella);

    expect([rival, otherFarm, buyer, staff].map(({ userErrors }) => userErrors[0].code)).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_ALLOWED',
      'NOT_ALLOWED',
    ]);
    expect((await shop.ask(statusOf, { id }, people.anna)).supplierOrder).toEqual({ status: 'PLACED' });
  });

  it('is refused without a reason, for lines it does not have, and for more than was ordered', async () => {
    const { id, lineIds } = await shop.place({ lines: milkAndBread });
    const of = async (promise: Promise<{ userErrors: { code: string; field: string[] }[] }>) =>
      (await promise).userErrors;

    expect(await of(run(reject, { supplierOrderId: id, reason: '  ' }))).toEqual([
      { code: 'REASON_MISSING', field: ['input', 'reason'] },
    ]);
    const lines = (...all: [string, string][]) => all.map(([lineId, quantity]) => ({ lineId, quantity }));
    const [milk = '', bread = ''] = lineIds;
    expect(await of(run(confirm, { supplierOrderId: id, lines: lines([milk, '10.001']) }))).toMatchObject([
      { code: 'BAD_QUANTITY' },
    ]);
    expect(await of(run(confirm, { supplierOrderId: id, lines: lines([milk, '1'], [milk, '1']) }))).toMatchObject([
      { code: 'UNKNOWN_LINE' },
    ]);
    expect(await of(run(confirm, { supplierOrderId: id, lines: lines([milk, '0'], [bread, '0']) }))).toMatchObject([
      { code: 'NOTHING_CONFIRMED' },
    ]);
    expect(await shop.told('SupplierOrderChanged', id)).toEqual([]);
  });

  it('can be cancelled by its buyer as long as the terms allow it, by others with a reason until it is shipped', async () => {
    const cutOffAt = new Date(shop.now + 60_000);
    const byCutOff = await shop.place({ lines: milkAndBread, cancelUntil: 'CUT_OFF', cutOffAt });
    const late = await shop.place({ lines: milkAndBread, cancelUntil: 'CUT_OFF', cutOffAt: new Date(shop.now) });
    const confirmed = await shop.place({ lines: milkAndBread, cancelUntil: 'CONFIRMED' });
    await run(confirm, { supplierOrderId: confirmed.id });
    const shipped = await shop.place({ lines: milkAndBread, cancelUntil: 'SHIPPED' });
    await run(ship, { supplierOrderId: shipped.id });

    expect((await run(cancel, { supplierOrderId: byCutOff.id }, people.anton)).supplierOrder.status).toBe('CANCELLED');
    expect((await run(cancel, { supplierOrderId: late.id }, people.anna)).userErrors[0].code).toBe('TOO_LATE');
    expect((await run(cancel, { supplierOrderId: confirmed.id }, people.anna)).userErrors[0].code).toBe('TOO_LATE');
    expect((await run(cancel, { supplierOrderId: confirmed.id })).userErrors[0].code).toBe('REASON_MISSING');
    const bySupplier = await run(cancel, { supplierOrderId: confirmed.id, reason: 'Frost' });
    expect(bySupplier.supplierOrder.changes.at(-1)).toMatchObject({
      to: 'CANCELLED',
      party: 'SUPPLIER',
      reason: 'Frost',
    });
    for (const viewer of [people.anna, people.fiona, people.stella])
      expect((await run(cancel, { supplierOrderId: shipped.id, reason: 'No' }, viewer)).userErrors[0].code).toBe(
        'NOT_ALLOWED',
      );
    const audit = await shop.subgraph.ownerQuery<{ actor: string; action: string }>(
      `SELECT data ->> 'actor' AS actor, data ->> 'action' AS action FROM jobs.job
       WHERE name = 'record-audit' AND data -> 'subject' ->> 'id' = ANY ($1) ORDER BY created_on, id`,
      [[byCutOff.id, confirmed.id, late.id]],
    );
    expect(audit).toEqual([
      { actor: `user:${people.anton.userId}`, action: 'supplier-order.cancel' },
      { actor: `user:${people.fiona.userId}`, action: 'supplier-order.cancel' },
    ]);
  });

  it('that comes to an end ends the order with its last part', async () => {
    const [one, two] = await shop.placeAll([{ lines: milkAndBread }, { lines: milkAndBread, isHouse: true }]);
    if (!one || !two) throw new Error('two parts were placed');
    const status = async () => (await shop.ask(orderOf, { id: one.orderId }, people.anna)).order.status;

    await run(cancel, { supplierOrderId: one.id }, people.anna);
    const half = await status();
    await run(reject, { supplierOrderId: two.id, reason: 'Fire' }, people.stella);

    expect([half, await status()]).toEqual(['PLACED', 'CANCELLED']);
    const [last] = await shop.told('SupplierOrderChanged', two.id);
    expect(last).toMatchObject({ to: 'REJECTED', supplier: { id: house, organizationId: null, isHouse: true } });
  });

  it('keeps what cannot come now as a back-order, and all parts together come to what was ordered', async () => {
    const { id, lineIds, number } = await shop.place({ lines: milkAndBread });

    const { supplierOrder } = await run(confirm, {
      supplierOrderId: id,
      lines: [{ lineId: lineIds[0], quantity: '4' }],
      rest: 'BACK_ORDER',
    });

    expect(supplierOrder.status).toBe('PARTLY_CONFIRMED');
    // 10 × 3.33 + 10 % = 36.63, and 5 × 2 + 10 % = 11.
    expect(supplierOrder.total).toEqual({ amount: '25.65' });
    expect(supplierOrder.lines[0]).toMatchObject({ quantity: '10', confirmedQuantity: '4', backOrderedQuantity: '6' });
    expect(supplierOrder.backOrders).toEqual([
      {
        id: expect.any(String),
        number: number.replace(/-1$/, '-2'),
        status: 'PLACED',
        total: { amount: '21.98' },
        lines: [{ quantity: '6', total: { amount: '21.98' } }],
      },
    ]);
    const paid = await shop.place({ lines: milkAndBread, paymentMethod: 'CARD' });
    const refused = await run(confirm, {
      supplierOrderId: paid.id,
      lines: [{ lineId: paid.lineIds[0], quantity: '4' }],
      rest: 'BACK_ORDER',
    });
    expect(refused.userErrors).toMatchObject([{ code: 'PAID_BY_CARD' }]);
  });

  it('takes substitutes as the buyer wants them: at once, after an answer, or not at all', async () => {
    shop.quotes.set('offer:Oat', {
      status: 'OK',
      supplierId: '00000000-0000-4000-8000-0000000000f1',
      name: 'Oat milk',
      price: { amount: '4.00', currency: 'EUR' },
      taxRate: '10',
      taxIncluded: true,
      packSize: '1',
    });
    const propose = async (substitution: 'ALLOW' | 'ASK' | 'REFUSE', offerId = 'offer:Oat') => {
      const { id, lineIds } = await shop.place({ lines: milkAndBread, substitution });
      const line = { lineId: lineIds[0], quantity: '6', substitute: { offerId, quantity: '4' } };
      return { id, outcome: await run(confirm, { supplierOrderId: id, lines: [line] }) };
    };

    const allowed = await propose('ALLOW');
    const refused = await propose('REFUSE');
    const unknown = await propose('ASK', 'offer:None');
    const asked = await propose('ASK');
    const lineId = asked.outcome.supplierOrder.lines[2].id;
    const answered = { supplierOrderId: asked.id, lineId, accept: true };
    const bySupplier = await run(answer, answered);
    const accepted = await run(answer, answered, people.anton);
    const again = await run(answer, answered, people.anna);
    const silent = await propose('ASK');
    const shipped = await run(ship, { supplierOrderId: silent.id });

    expect(allowed.outcome.supplierOrder.lines[2]).toMatchObject({
      substituteStatus: 'ACCEPTED',
      confirmedQuantity: '4',
      total: { amount: '16.00' },
    });
    expect(refused.outcome.userErrors).toMatchObject([{ code: 'SUBSTITUTES_REFUSED' }]);
    expect(unknown.outcome.userErrors).toMatchObject([{ code: 'UNKNOWN_SUBSTITUTE' }]);
    expect(asked.outcome.supplierOrder.lines[2]).toMatchObject({
      substituteStatus: 'PROPOSED',
      confirmedQuantity: null,
    });
    expect(bySupplier.userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    expect(accepted.supplierOrder.lines[2]).toMatchObject({ substituteStatus: 'ACCEPTED', confirmedQuantity: '4' });
    expect(again).toEqual(accepted);
    expect(shipped.supplierOrder.lines[2]).toMatchObject({ substituteStatus: 'DECLINED', confirmedQuantity: '0' });
  });

  it('has one winner when it is confirmed and cancelled at once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { id } = await shop.place({ lines: milkAndBread, cancelUntil: 'CONFIRMED' });

      const [confirmed, cancelled] = await Promise.all([
        run(confirm, { supplierOrderId: id }),
        run(cancel, { supplierOrderId: id }, people.anna),
      ]);

      const winners = [confirmed, cancelled].filter(({ userErrors }) => userErrors.length === 0);
      expect(winners).toHaveLength(1);
      const { supplierOrder } = await shop.ask(statusOf, { id }, people.anna);
      expect(supplierOrder.status).toBe(winners[0].supplierOrder.status);
      expect(await shop.told('SupplierOrderChanged', id)).toHaveLength(1);
    }
  });

  it('says which steps there are, and which of them the viewer may take', async () => {
    const { id } = await shop.place({ lines: milkAndBread, cancelUntil: 'CONFIRMED' });
    const query = 'query ($id: ID!) { supplierOrder(id: $id) { allowedTransitions { command } } }';
    const commands = async (viewer: UserViewer) => {
      const { supplierOrder } = await shop.ask(query, { id }, viewer);
      return [...new Set(supplierOrder.allowedTransitions.map(({ command }: { command: string }) => command))];
    };

    const placed = await Promise.all([people.anna, people.fiona, people.stella].map(commands));
    await run(confirm, { supplierOrderId: id });
    const confirmed = await commands(people.anna);
    const { orderTransitions } = await shop.ask(
      '{ orderTransitions { name initial final transitions { from to } } }',
      {},
      people.anna,
    );

    expect(placed).toEqual([
      ['CANCEL', 'MARK_DELIVERED'],
      ['CONFIRM', 'REJECT', 'SHIP', 'CANCEL', 'MARK_DELIVERED'],
      ['CANCEL', 'MARK_DELIVERED'],
    ]);
    expect(confirmed).toEqual(['MARK_DELIVERED']);
    expect(orderTransitions.map(({ name, initial, final }: Record<string, unknown>) => [name, initial, final])).toEqual(
      [
        ['ORDER', ['PLACING'], ['REFUSED', 'COMPLETED', 'CANCELLED']],
        ['SUPPLIER_ORDER', ['PENDING'], ['REFUSED', 'REJECTED', 'CANCELLED', 'DELIVERED']],
        ['DELIVERY', ['MARKED'], []],
      ],
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { supplierOrderTransitions } from '../supplier-order/transitions.ts';
import { PlacedOrders, people } from '../testing/placed-order.ts';

const mutations = {
  confirm:
    'mutation ($input: ConfirmSupplierOrderInput!) { confirmSupplierOrder(input: $input) { userErrors { code } } }',
  reject: 'mutation ($input: EndSupplierOrderInput!) { rejectSupplierOrder(input: $input) { userErrors { code } } }',
  cancel: 'mutation ($input: EndSupplierOrderInput!) { cancelSupplierOrder(input: $input) { userErrors { code } } }',
  ship: 'mutation ($input: ShipSupplierOrderInput!) { shipSupplierOrder(input: $input) { userErrors { code } } }',
  mark: 'mutation ($input: MarkDeliveredInput!) { markDelivered(input: $input) { userErrors { code } } }',
  correct: 'mutation ($input: CorrectDeliveryInput!) { correctDelivery(input: $input) { userErrors { code } } }',
};

const whole = `query ($id: ID!) { supplierOrder(id: $id) {
  status total { amount } deliveredTotal { amount } changes { from to }
  lines { id quantity confirmedQuantity receivedQuantity damagedQuantity backOrderedQuantity }
  backOrders { id total { amount } lines { quantity } }
  deliveries { id revision total { amount } lines { lineId received damaged } } } }`;

const quantity = fc
  .integer({ min: 0, max: 6_500 })
  .map((thousandths) => new Decimal(thousandths).dividedBy(1_000).toString());
const two = fc.tuple(quantity, quantity);
const who = fc.constantFrom(people.anna, people.fiona, people.stella);

/** What somebody does, in any order: much of it is refused. */
const command = fc.oneof(
  fc.record({ kind: fc.constant('confirm' as const), two, rest: fc.constantFrom('DROP', 'BACK_ORDER') }),
  fc.record({ kind: fc.constant('ship' as const) }),
  fc.record({ kind: fc.constant('mark' as const), two, damaged: quantity, restFollows: fc.boolean(), who }),
  fc.record({ kind: fc.constant('mark' as const), two, damaged: quantity, restFollows: fc.constant(true), who }),
  fc.record({ kind: fc.constant('correct' as const), two, damaged: quantity }),
  fc.record({ kind: fc.constant('cancel' as const), who }),
  fc.record({ kind: fc.constant('reject' as const) }),
);

type Given = typeof command extends fc.Arbitrary<infer One> ? One : never;

const number = (text: string | null) => new Decimal(text ?? 0);

describe('a supplier’s order, whatever is done to it in whatever order,', () => {
  let shop: PlacedOrders;
  beforeAll(async () => {
    shop = await PlacedOrders.open();
  });
  afterAll(() => shop.close());

  const read = async (id: string) => (await shop.ask(whole, { id }, people.anna)).supplierOrder;

  async function give(id: string, lineIds: readonly string[], one: Given, key: string) {
    const reason = 'Because';
    const damages = 'damaged' in one ? one.damaged : '0';
    const arrivals =
      'two' in one ? one.two.map((received, i) => ({ lineId: lineIds[i], received, damaged: damages })) : [];
    switch (one.kind) {
      case 'confirm': {
        const lines = one.two.map((text, i) => ({ lineId: lineIds[i], quantity: text }));
        return shop.ask(mutations.confirm, { input: { supplierOrderId: id, lines, rest: one.rest } }, people.fiona);
      }
      case 'mark': {
        const input = { supplierOrderId: id, idempotencyKey: key, lines: arrivals, restFollows: one.restFollows };
        return shop.ask(mutations.mark, { input }, one.who);
      }
      case 'correct': {
        const deliveryId = (await read(id)).deliveries[0]?.id ?? id;
        return shop.ask(
          mutations.correct,
          { input: { deliveryId, idempotencyKey: key, reason, lines: arrivals } },
          people.anna,
        );
      }
      case 'cancel':
        return shop.ask(mutations.cancel, { input: { supplierOrderId: id, reason } }, one.who);
      default:
        return shop.ask(
          mutations[one.kind],
          { input: { supplierOrderId: id, ...(one.kind === 'reject' ? { reason } : {}) } },
          people.fiona,
        );
    }
  }

  it('keeps to its machine, its quantities and its money', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 2, maxLength: 9 }), async (commands) => {
        const lines = [
          { name: 'Milk', quantity: '6', price: '3.33' },
          { name: 'Bread', quantity: '5', price: '0.07' },
        ];
        const { id, lineIds } = await shop.place({ lines, cancelUntil: 'SHIPPED' });
        const placed = number((await read(id)).total.amount);

        for (const [index, one] of commands.entries()) await give(id, lineIds, one, `${id}-${index}`);

        const part = await read(id);
        const steps = part.changes.map(({ from, to }: { from: string; to: string }) => `${from} ${to}`);
        const known = new Set(supplierOrderTransitions.map(({ from, to }) => `${from} ${to}`));
        expect(steps.filter((step: string) => !known.has(step))).toEqual([]);
        expect(part.changes.at(-1)?.to ?? 'PLACED').toBe(part.status);
        const parts = [part, ...part.backOrders].map(({ total }: { total: { amount: string } }) =>
          number(total.amount),
        );
        expect(Decimal.sum(...parts).toString()).toBe(placed.toString());
        for (const line of part.lines) {
          const [ordered, confirmed] = [number(line.quantity), number(line.confirmedQuantity)];
          const [received, damaged] = [number(line.receivedQuantity), number(line.damagedQuantity)];
          expect(ordered.gte(confirmed.plus(line.backOrderedQuantity))).toBe(true);
          expect(confirmed.gte(received) && received.gte(damaged)).toBe(true);
          const came = part.deliveries.flatMap((delivery: { lines: { lineId: string; received: string }[] }) =>
            delivery.lines.filter(({ lineId }) => lineId === line.id).map((one) => number(one.received)),
          );
          expect(Decimal.sum(0, ...came).toString()).toBe(received.toString());
        }
        expect(number(part.deliveredTotal.amount).lte(part.total.amount)).toBe(true);
        const told = await shop.told('DeliveryMarked', id);
        const revisions = part.deliveries.map(({ revision }: { revision: number }) => revision);
        expect(told).toHaveLength(revisions.reduce((sum: number, revision: number) => sum + revision, 0));
        expect(await shop.told('SupplierOrderChanged', id)).toHaveLength(steps.length);
      }),
      { numRuns: 25 },
    );
  });
});

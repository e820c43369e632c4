import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes } from './harness.ts';
import { ShopWithOneC } from './one-c-harness.ts';

const reserve = 'mutation ($input: JSON!) { reserveStock(input: $input) }';
const settle = 'mutation ($input: JSON!) { settleReservation(input: $input) }';
const release = 'mutation ($input: JSON!) { releaseReservation(input: $input) }';
const ledger = `query ($sku: String!) { stockLedger(sku: $sku) { nodes { reason } } }`;

interface Reserved {
  readonly status: string;
  readonly lines: readonly { readonly outcome: string; readonly available: string }[];
}

describe.each(modes)('a sale, %s', (mode) => {
  let shop: ShopWithOneC;
  beforeAll(async () => {
    shop = await ShopWithOneC.open(mode);
    await shop.stocked({ 'A-1': 10 }, 5);
  });
  afterAll(() => shop.stop());

  const order = (orderKey: string, quantity: string) =>
    shop.graph.command<Reserved>('inventory', reserve, { input: { orderKey, lines: [{ sku: 'A-1', quantity }] } });
  const count = async (quantity: number, observedAt: Date) => {
    const items = [{ nomenclature_code: 'A-1', quantity }];
    const { body } = await shop.post({ warehouse_id_1c: 1, observed_at: observedAt.toISOString(), items });
    expect((await shop.delivery(body.deliveryId)).status).toBe('APPLIED');
  };

  it('is subtracted once: when it is reserved, while it is handed over, and when 1C has counted it', async () => {
    const steps: string[][] = [await shop.shelf()];
    const step = async () => steps.push(await shop.shelf());

    const bought = await order('order-1', '3.000');
    await step();
    const refused = await order('order-2', '8.000');
    await step();
    const handedOverAt = new Date();
    await shop.graph.command('inventory', settle, {
      input: { orderKey: 'order-1', handedOverAt: handedOverAt.toISOString() },
    });
    await step();
    await count(9, new Date(handedOverAt.getTime() - 60_000));
    await step();
    await count(6, new Date(handedOverAt.getTime() + 1));
    await step();

    expect(bought).toMatchObject({ status: 'RESERVED', lines: [{ outcome: 'RESERVED' }] });
    expect(refused).toMatchObject({ status: 'REFUSED', lines: [{ outcome: 'INSUFFICIENT', available: '7.000' }] });
    // Somebody bought one at the counter too; the count before the handover does not know of ours.
    expect(steps.flat()).toEqual(['A-1 10', 'A-1 7', 'A-1 7', 'A-1 7', 'A-1 6', 'A-1 6']);
  });

  it('that is called off gives its goods back', async () => {
    await order('order-3', '6.000');
    const kept = await shop.shelf();
    await shop.graph.command('inventory', release, { input: { orderKey: 'order-3' } });

    expect([...kept, ...(await shop.shelf())]).toEqual(['A-1 0', 'A-1 6']);
  });

  it('is told by the ledger, newest first', async () => {
    const { data } = await shop.graph.query(ledger, { sku: 'A-1' }, shop.graph.tokens.staff);

    const reasons = data.stockLedger.nodes.map(({ reason }: { reason: string }) => reason);
    expect(reasons.slice(0, 2)).toEqual(['RELEASED', 'RESERVED']);
    expect(reasons.toSorted()).toEqual([
      'HANDED_OVER',
      'RELEASED',
      'RESERVED',
      'RESERVED',
      'SETTLED',
      'SYNC',
      'SYNC',
      'SYNC',
    ]);
  });
});

import { Decimal } from 'decimal.js';
import { sumAmounts } from '../supplier-order/share-of-line.ts';
import type { PartInHand } from '../supplier-order/supplier-order-command.ts';
import { amountsOfArrival } from './delivered-amounts.ts';
import type { DeliveryEntity, DeliveryLineEntity, DeliveryTeller } from './delivery.entity.ts';
import { DeliveryRepository } from './delivery.repository.ts';
import { type Arrival, outstandingOf } from './delivery-command.ts';
import { type DeliveredLine, tellDelivery } from './tell-delivery.ts';

/** What a delivery is to be written as; its lines' amounts come from what arrived. */
export interface DeliveryToStore {
  readonly known: DeliveryEntity | null;
  readonly row: Omit<
    DeliveryEntity,
    'id' | 'number' | 'goodsAmount' | 'taxAmount' | 'totalAmount' | 'supplierOrderId' | 'currency'
  >;
  readonly arrivals: readonly Arrival[];
  /** What other deliveries brought, by the line. */
  readonly elsewhere: Elsewhere;
  readonly reason: string | null;
  /** What a correction is known by; the first telling is known by what the delivery is. */
  readonly revisionKey?: { readonly idempotencyKey: string; readonly fingerprint: string };
}

/** What other deliveries of the same part brought. */
export class Elsewhere {
  readonly #lines: ReadonlyMap<string, readonly DeliveryLineEntity[]>;
  readonly count: number;

  private constructor(lines: readonly DeliveryLineEntity[], count: number) {
    this.#lines = Map.groupBy(lines, ({ lineId }) => lineId);
    this.count = count;
  }

  static async read(hand: PartInHand, but?: string): Promise<Elsewhere> {
    const repository = new DeliveryRepository(hand.manager);
    const deliveries = await repository.listOfSupplierOrders([hand.part.id]);
    const others = deliveries.filter(({ id }) => id !== but);
    const lines = others.length > 0 ? await repository.listLines(others.map(({ id }) => id)) : [];
    return new Elsewhere(lines, others.length);
  }

  of(lineId: string): readonly DeliveryLineEntity[] {
    return this.#lines.get(lineId) ?? [];
  }

  sum(lineId: string, quantity: 'receivedQuantity' | 'damagedQuantity'): Decimal {
    return this.of(lineId).reduce((sum, line) => sum.plus(line[quantity]), new Decimal(0));
  }
}

/** Writes a delivery, or its next revision, what it means for the lines, and tells of it. */
export async function storeDelivery(hand: PartInHand, store: DeliveryToStore): Promise<DeliveryEntity> {
  const repository = new DeliveryRepository(hand.manager);
  const { known, row, arrivals, elsewhere } = store;
  const { currency } = hand.part;
  const lines = arrivals.map((arrival) => ({
    arrival,
    amounts: amountsOfArrival(arrival, elsewhere.of(arrival.line.id), currency),
  }));
  const whole = { ...row, ...sumAmounts(lines.map(({ amounts }) => amounts)) };
  const place = { supplierOrderId: hand.part.id, number: elsewhere.count + 1, currency };
  const delivery = known ? await repository.update(known.id, whole) : await repository.insert({ ...whole, ...place });
  await repository.replaceLines(
    delivery.id,
    lines.map(({ arrival: { line, received, damaged, weight, note }, amounts }) => ({
      lineId: line.id,
      receivedQuantity: received.toString(),
      damagedQuantity: damaged.toString(),
      weight: weight?.toString() ?? null,
      note,
      ...amounts,
    })),
  );
  await repository.insertRevision(revisionOf(delivery, store));
  await tellDelivery(hand, delivery, await updateLines(hand, store));
  return delivery;
}

const revisionOf = (delivery: DeliveryEntity, { row, arrivals, reason, revisionKey = row }: DeliveryToStore) => ({
  deliveryId: delivery.id,
  revision: delivery.revision,
  markedBy: row.markedBy,
  markedFor: row.markedFor as DeliveryTeller,
  markedAt: row.markedAt,
  reason,
  idempotencyKey: revisionKey.idempotencyKey,
  fingerprint: revisionKey.fingerprint,
  told: {
    deliveredAt: row.deliveredAt.toISOString(),
    lines: arrivals.map(({ line, received, damaged, weight }) => ({
      lineId: line.id,
      received: received.toString(),
      damaged: damaged.toString(),
      weight: weight?.toString() ?? null,
    })),
  },
});

/** All deliveries together say what was received of a line. */
async function updateLines(hand: PartInHand, { arrivals, elsewhere }: DeliveryToStore): Promise<DeliveredLine[]> {
  const delivered: DeliveredLine[] = [];
  for (const arrival of arrivals) {
    const { line } = arrival;
    const received = elsewhere.sum(line.id, 'receivedQuantity').plus(arrival.received);
    const damaged = elsewhere.sum(line.id, 'damagedQuantity').plus(arrival.damaged);
    await hand.repository.updateLine(line.id, {
      receivedQuantity: received.toString(),
      damagedQuantity: damaged.toString(),
    });
    const confirmed = outstandingOf(line, new Decimal(0));
    delivered.push({ ...arrival, confirmed, short: confirmed.minus(received) });
  }
  return delivered;
}

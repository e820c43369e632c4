import { recordAudit } from '@gastronom/shared/audit';
import { isUUID } from '@gastronom/shared/id';
import { Decimal } from 'decimal.js';
import type { OrdersContext } from '../context.ts';
import type { OrderLineEntity } from '../supplier-order/order-line.entity.ts';
import { readReason } from '../supplier-order/quantity.ts';
import { refuse } from '../supplier-order/refusal.ts';
import { type PartInHand, takeInHand } from '../supplier-order/supplier-order-command.ts';
import { deliveryTransitions } from '../supplier-order/transitions.ts';
import type { DeliveryEntity, DeliveryTeller } from './delivery.entity.ts';
import { DeliveryRepository } from './delivery.repository.ts';
import {
  fingerprintOf,
  type GivenDelivery,
  nothingCame,
  outstandingOf,
  readArrivals,
  readKey,
  readMoment,
  readPapers,
} from './delivery-command.ts';
import { checkSame, type DeliveryOutcome, deliveryCommand } from './mark-delivered.service.ts';
import { Elsewhere, storeDelivery } from './store-delivery.ts';

export interface CorrectCommand extends GivenDelivery {
  readonly deliveryId: string;
  /** What the caller saw last. */
  readonly revision?: number | null | undefined;
  readonly reason: string;
}

/** Until when the buyer may say otherwise. */
export const correctableUntil = (firstTold: Date, hours: number): Date =>
  new Date(firstTold.getTime() + hours * 3_600_000);

/** What was told of a delivery is told otherwise: its next revision stands, the others are kept. */
export function correctDelivery(context: OrdersContext, command: CorrectCommand): Promise<DeliveryOutcome> {
  return deliveryCommand(context, async (manager) => {
    const repository = new DeliveryRepository(manager);
    const there = isUUID(command.deliveryId) ? await repository.find(command.deliveryId) : null;
    if (!there) throw refuse('NOT_FOUND', ['deliveryId'], 'There is no such delivery.');
    const hand = await takeInHand(context, manager, there.supplierOrderId);
    // Read again: held now.
    const delivery = await repository.get(there.id);
    const idempotencyKey = readKey(command.idempotencyKey);
    const fingerprint = fingerprintOf(command);
    const said = await repository.findRevision(delivery.id, idempotencyKey);
    if (said) return { delivery: checkSame(delivery, fingerprint, said.fingerprint), supplierOrder: hand.part };
    if (command.revision != null && command.revision !== delivery.revision)
      throw refuse('CHANGED_MEANWHILE', ['revision'], `It was told anew: it is at revision ${delivery.revision} now.`);
    const party = await correctorOf(hand, delivery);
    return correct(hand, delivery, party, { ...command, idempotencyKey }, fingerprint);
  });
}

async function correctorOf(hand: PartInHand, delivery: DeliveryEntity): Promise<DeliveryTeller> {
  const may = deliveryTransitions.filter(({ from }) => from === delivery.status);
  const party = hand.parties.find((one) => may.some(({ by }) => by.includes(one)));
  if (party !== 'BUYER' && party !== 'STAFF')
    throw refuse('NOT_ALLOWED', ['deliveryId'], 'The buyer’s people and staff correct deliveries.');
  if (party === 'STAFF') return party;
  const { markedAt } = await new DeliveryRepository(hand.manager).getFirstRevision(delivery.id);
  const until = correctableUntil(markedAt, hand.context.settings.DELIVERY_CORRECTION_HOURS);
  if (hand.stepping.at <= until) return party;
  throw refuse('TOO_LATE', ['deliveryId'], `It could be corrected until ${until.toISOString()}.`);
}

async function correct(
  hand: PartInHand,
  delivery: DeliveryEntity,
  party: DeliveryTeller,
  command: CorrectCommand,
  fingerprint: string,
) {
  const reason = readReason(command.reason);
  const elsewhere = await Elsewhere.read(hand, delivery.id);
  const before = await new DeliveryRepository(hand.manager).listLines([delivery.id]);
  const outstanding = (line: OrderLineEntity) => outstandingOf(line, elsewhere.sum(line.id, 'receivedQuantity'));
  const asBefore = ({ id }: OrderLineEntity) => {
    const line = before.find(({ lineId }) => lineId === id);
    if (!line) return nothingCame;
    const { receivedQuantity, damagedQuantity, weight, note } = line;
    return {
      received: new Decimal(receivedQuantity),
      damaged: new Decimal(damagedQuantity),
      weight: weight === null ? null : new Decimal(weight),
      note,
    };
  };
  const arrivals = readArrivals(hand.lines, command.lines, outstanding, asBefore);
  const { at: now, actor } = hand.stepping;
  const papers = readPapers({
    ...command,
    temperatureNote: command.temperatureNote ?? delivery.temperatureNote,
    signedBy: command.signedBy ?? delivery.signedBy,
    note: command.note ?? delivery.note,
    photos: command.photos ?? delivery.photos,
  });
  const corrected = await storeDelivery(hand, {
    known: delivery,
    arrivals,
    elsewhere,
    reason,
    row: {
      ...papers,
      status: 'CORRECTED',
      revision: delivery.revision + 1,
      deliveredAt: command.deliveredAt
        ? readMoment(command.deliveredAt, hand.part.placedAt, now)
        : delivery.deliveredAt,
      complete: delivery.complete,
      markedBy: actor,
      markedFor: party,
      markedAt: now,
      idempotencyKey: delivery.idempotencyKey,
      fingerprint: delivery.fingerprint,
    },
    revisionKey: { idempotencyKey: command.idempotencyKey, fingerprint },
  });
  const supplierOrder = await hand.repository.update(hand.part, {});
  await recordAudit(hand.context.jobs, hand.manager, hand.context, {
    action: 'delivery.correct',
    subject: { type: 'Delivery', id: delivery.id },
    before: { revision: delivery.revision, total: delivery.totalAmount },
    after: { revision: corrected.revision, total: corrected.totalAmount, reason },
  });
  return { delivery: corrected, supplierOrder };
}

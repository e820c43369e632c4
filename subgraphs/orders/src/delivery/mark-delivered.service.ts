import { inTransaction } from '@gastronom/shared/database/transaction';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { OrdersContext } from '../context.ts';
import { settlePromises } from '../supplier-order/end.service.ts';
import { refuse, refusedBy } from '../supplier-order/refusal.ts';
import type { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';
import { type CommandTarget, checkVersion, PartInHand, takeInHand } from '../supplier-order/supplier-order-command.ts';
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
import { Elsewhere, storeDelivery } from './store-delivery.ts';

export interface MarkCommand extends CommandTarget, GivenDelivery {
  /** More of what was promised is still to come. */
  readonly restFollows?: boolean | null | undefined;
}

export interface DeliveryOutcome {
  readonly delivery: DeliveryEntity | null;
  readonly supplierOrder: SupplierOrderEntity | null;
  readonly userErrors: readonly UserError[];
}

/** Goods of a supplier's order arrived. The same key again answers the same delivery. */
export function markDelivered(context: OrdersContext, command: MarkCommand): Promise<DeliveryOutcome> {
  return deliveryCommand(context, async (manager) => {
    const hand = await takeInHand(context, manager, command.supplierOrderId);
    const idempotencyKey = readKey(command.idempotencyKey);
    const fingerprint = fingerprintOf(command);
    const known = await new DeliveryRepository(manager).findByKey(hand.part.id, idempotencyKey);
    if (known) return { delivery: checkSame(known, fingerprint), supplierOrder: hand.part };
    checkVersion(hand, command.version);
    const party = hand.partyFor('MARK_DELIVERED');
    await settlePromises(hand);
    // What was promised only now stands in the rows, not in what was read of them.
    const promised = new PartInHand(
      { ...hand, lines: await hand.repository.listLines(hand.part.id) },
      context,
      hand.parties,
      manager,
    );
    return mark(promised, party as DeliveryTeller, { ...command, idempotencyKey }, fingerprint);
  });
}

async function mark(hand: PartInHand, party: DeliveryTeller, command: MarkCommand, fingerprint: string) {
  const elsewhere = await Elsewhere.read(hand);
  const { at: now, actor } = hand.stepping;
  const outstanding = (line: (typeof hand.lines)[number]) =>
    outstandingOf(line, elsewhere.sum(line.id, 'receivedQuantity'));
  const arrivals = readArrivals(hand.lines, command.lines, outstanding, (line) =>
    command.restFollows ? nothingCame : { ...nothingCame, received: outstanding(line) },
  );
  const deliveredAt = readMoment(command.deliveredAt, hand.part.placedAt, now);
  const isAll = arrivals.every(({ line, received }) => received.equals(outstanding(line)));
  const complete = isAll || !command.restFollows;
  const delivery = await storeDelivery(hand, {
    known: null,
    arrivals,
    elsewhere,
    reason: null,
    row: {
      ...readPapers(command),
      status: 'MARKED',
      revision: 1,
      deliveredAt,
      complete,
      markedBy: actor,
      markedFor: party,
      markedAt: now,
      idempotencyKey: command.idempotencyKey,
      fingerprint,
    },
  });
  const to = complete ? 'DELIVERED' : 'PARTLY_DELIVERED';
  const supplierOrder = await hand.take(party, { to, set: complete ? { deliveredAt } : {} });
  return { delivery, supplierOrder };
}

export function checkSame(delivery: DeliveryEntity, fingerprint: string, said = delivery.fingerprint): DeliveryEntity {
  if (said === fingerprint) return delivery;
  throw refuse('KEY_REUSED', ['idempotencyKey'], 'This key came before with another delivery.');
}

type Done = Pick<DeliveryOutcome, 'delivery' | 'supplierOrder'>;

/** Runs one command on deliveries as one transaction. */
export async function deliveryCommand(
  context: OrdersContext,
  work: (manager: PartInHand['manager']) => Promise<Done>,
): Promise<DeliveryOutcome> {
  try {
    const done = await inTransaction(context.manager, work);
    if (done.supplierOrder) context.loaders.supplierOrders.lines.clear(done.supplierOrder.id);
    return { ...done, userErrors: [] };
  } catch (error) {
    return { delivery: null, supplierOrder: null, userErrors: refusedBy(error) };
  }
}

import { inTransaction } from '@gastronom/shared/database/transaction';
import type { EntityManager } from 'typeorm';
import { limitOf } from '../buying/approval-limit.ts';
import type { OrdersContext } from '../context.ts';
import { standingOrderFailed } from '../events/standing-order-failed.event.ts';
import { buyerNameOf } from '../placement/buyer-name.client.ts';
import { type Draft, draftOrder } from '../placement/draft-order.ts';
import { finishPlacement } from '../placement/finish-placement.ts';
import { insertOrder } from '../placement/insert-order.ts';
import { quoteOffers } from '../quote/quote.client.ts';
import { type Orderable, orderWhatCanBe, plannedChoices } from './order-what-can-be.ts';
import { nextTime } from './schedule.ts';
import { StandingOrderRepository } from './standing-order.repository.ts';
import { nextContent, type StandingFailure, type StandingOrderRow } from './standing-order.row.ts';

type Placing = Pick<OrdersContext, 'manager' | 'jobs' | 'clock' | 'settings' | 'subgraphs' | 'requestId' | 'logger'>;

/** What is to be made of one time. */
interface Judged {
  readonly draft: Draft | null;
  readonly failure: StandingFailure | null;
  readonly buyerName: string | null;
  readonly orderable: Orderable;
}

/** After this, what was due is not ordered any more: whoever needed it has helped themselves. */
const latestMs = 6 * 3_600_000;
/** From when on a supplier's days may be others than at the time itself. */
const lateMs = 2 * 60_000;

/** Orders what is due, or writes down why not. A time is ordered once, whoever does it and how often. */
export async function placeStandingOrder(context: Placing, id: string): Promise<void> {
  const standing = await new StandingOrderRepository(context.manager).find(id);
  const dueAt = standing?.nextAt;
  if (!standing || !dueAt || dueAt.getTime() > context.clock()) return;
  const judged = context.clock() - dueAt.getTime() > latestMs ? missed : await judge(context, standing, dueAt);
  const orderId = await inTransaction(context.manager, (manager) => write(context, manager, standing, dueAt, judged));
  if (orderId) await finishPlacement(context, orderId);
}

const missed: Judged = {
  ...{ draft: null, failure: 'MISSED', buyerName: null },
  orderable: { lines: [], findings: [], missing: [] },
};

/** Tried late, it is for the delivery that it was meant for, or for none. */
async function judge(context: Placing, standing: StandingOrderRow, dueAt: Date): Promise<Judged> {
  const buyer = { kind: standing.buyerKind, id: standing.buyerId };
  const { lines } = nextContent(standing);
  const asked = lines.map(({ offerId, quantity }) => ({ key: offerId, offerId, quantity }));
  const [quote, buyerName] = await Promise.all([quoteOffers(context, buyer, asked), buyerNameOf(context, buyer)]);
  const isLate = quote.at.getTime() - dueAt.getTime() > lateMs;
  const choices = plannedChoices(lines, isLate ? await quoteOffers(context, buyer, asked, dueAt) : quote);
  const orderable = orderWhatCanBe(lines, choices, quote);
  if (orderable.lines.length === 0) return { draft: null, failure: 'NOTHING_ORDERABLE', buyerName, orderable };
  const ordered = orderable.lines.map((line) => ({ ...line, id: line.offerId }));
  return { draft: draftOrder(ordered, choices, quote), failure: null, buyerName, orderable };
}

/** The run and the order in one transaction; null where somebody changed it meanwhile, or nothing can be ordered. */
async function write(
  context: Placing,
  manager: EntityManager,
  seen: StandingOrderRow,
  dueAt: Date,
  judged: Judged,
): Promise<string | null> {
  const repository = new StandingOrderRepository(manager);
  const standing = await repository.lock(seen.id);
  if (!standing || standing.version !== seen.version || standing.nextAt?.getTime() !== dueAt.getTime()) return null;
  const triedAt = new Date(context.clock());
  const { draft, failure, orderable } = judged;
  const order = draft && (await insert(context, manager, standing, dueAt, draft, judged.buyerName));
  await repository.moveTo(standing.id, nextTime(standing, triedAt));
  // The key was used: this time was placed before.
  if (draft && !order) return null;
  const orderId = order?.id ?? null;
  await repository.insertRun(standing.id, { dueAt, orderId, failure, findings: orderable.findings, triedAt });
  if (failure || orderable.missing.length > 0)
    await context.jobs.publish(manager, standingOrderFailed, {
      standingOrderId: standing.id,
      name: standing.name,
      buyer: { kind: standing.buyerKind, id: standing.buyerId },
      dueAt: dueAt.toISOString(),
      orderId,
      number: order?.number ?? null,
      reason: failure ?? 'INCOMPLETE',
      missing: [...orderable.missing],
    });
  return orderId;
}

async function insert(
  context: Placing,
  manager: EntityManager,
  standing: StandingOrderRow,
  dueAt: Date,
  { currency, parts }: Draft,
  buyerName: string | null,
) {
  const { id, buyerKind, buyerId } = standing;
  const { note, isOfAdmin } = nextContent(standing);
  const needsLimit = buyerKind === 'ORGANIZATION' && !isOfAdmin;
  const values = {
    ...{ buyerKind, buyerId, buyerName, note, currency, placedBy: null, allOrNothing: false },
    ...({ paymentMethod: 'INVOICE', source: 'STANDING', fingerprint: 'standing' } as const),
    idempotencyKey: `standing:${id}:${dueAt.toISOString()}`,
    approvalLimit: needsLimit ? await limitOf(manager, buyerId, currency) : null,
  };
  return insertOrder(context, manager, values, parts);
}

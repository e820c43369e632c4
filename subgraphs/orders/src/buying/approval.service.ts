import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import { isCurrency, minorUnit } from '@gastronom/shared/money';
import type { UserError } from '@gastronom/shared/user-error.type';
import { Decimal } from 'decimal.js';
import type { EntityManager } from 'typeorm';
import { readNote } from '../cart/read-line.ts';
import type { OrdersContext } from '../context.ts';
import type { OrderEntity } from '../order/order.entity.ts';
import { afterApproval } from '../placement/finish-placement.ts';
import { PlacementRepository } from '../placement/placement.repository.ts';
import { type Deciding, refuseOrder } from '../placement/stand-order.ts';
import { approvalError, spendLimitError } from './approval.errors.ts';
import { ApprovalRepository } from './approval.repository.ts';
import type { SpendLimitEntity } from './order-approval.entity.ts';
import { requireRestaurantAdmin } from './require-admin.ts';

export interface ApprovalOutcome {
  readonly order: OrderEntity | null;
  readonly userErrors: readonly UserError[];
}

export interface SpendLimitOutcome {
  readonly spendLimit: SpendLimitEntity | null;
  readonly userErrors: readonly UserError[];
}

export interface Limit {
  readonly amount: string;
  readonly currencyCode: string;
}

const largestLimit = 1_000_000_000;

/** Lets an order go on that is over its buyer's limit. Again is the same. */
export const approveOrder = (context: OrdersContext, orderId: string): Promise<ApprovalOutcome> =>
  decide(context, orderId, 'APPROVED', null);

/** Refuses it; its goods go back. Again is the same. */
export async function declineOrder(
  context: OrdersContext,
  orderId: string,
  reason: string | null | undefined,
): Promise<ApprovalOutcome> {
  const { value, errors } = readNote(reason, ['reason']);
  if (errors.length > 0)
    return {
      order: null,
      userErrors: [approvalError('BAD_TEXT', ['reason'], 'A reason has at most 1,000 characters.')],
    };
  return decide(context, orderId, 'DECLINED', value);
}

async function decide(
  context: OrdersContext,
  orderId: string,
  decision: 'APPROVED' | 'DECLINED',
  reason: string | null,
): Promise<ApprovalOutcome> {
  const { manager, jobs, clock } = context;
  const admin = requireRestaurantAdmin(context.viewer);
  const at = new Date(clock());
  const userErrors = await inTransaction(manager, async (transaction) => {
    const order = isUUID(orderId) ? await new PlacementRepository(transaction).lock(orderId) : null;
    const isOwn = order?.buyerKind === 'ORGANIZATION' && order.buyerId === admin.organizationId;
    if (!order || !isOwn) return [approvalError('NOT_FOUND', ['orderId'], 'There is no such order.')];
    const approvals = new ApprovalRepository(transaction);
    const approval = await approvals.find(order.id);
    if (approval?.decision === decision) return [];
    if (order.status !== 'AWAITING_APPROVAL' || !approval || approval.expiresAt <= at)
      return [approvalError('NOT_AWAITING_APPROVAL', ['orderId'], 'It does not wait for an approval any more.')];
    await approvals.decide(order.id, decision, admin.userId, at, reason);
    await follow({ manager: transaction, jobs, at }, order, decision);
    await recordAudit(jobs, transaction, context, {
      action: decision === 'APPROVED' ? 'order.approve' : 'order.decline',
      subject: { type: 'Order', id: order.id },
      after: { decision, total: order.totalAmount, currency: order.currency },
    });
    return [];
  });
  const order = userErrors.length === 0 ? await new PlacementRepository(manager).find(orderId) : null;
  return { order, userErrors };
}

const follow = (deciding: Deciding, order: OrderEntity, decision: 'APPROVED' | 'DECLINED'): Promise<void> =>
  decision === 'APPROVED' ? afterApproval(deciding, order) : refuseOrder(deciding, order, 'DECLINED');

/** Nobody decided in time. */
export async function expireApproval(
  { manager, jobs, clock }: Pick<OrdersContext, 'manager' | 'jobs' | 'clock'>,
  orderId: string,
): Promise<void> {
  const at = new Date(clock());
  await inTransaction(manager, async (transaction) => {
    const order = await new PlacementRepository(transaction).lock(orderId);
    if (order?.status !== 'AWAITING_APPROVAL') return;
    await new ApprovalRepository(transaction).decide(orderId, 'EXPIRED', null, at, null);
    await refuseOrder({ manager: transaction, jobs, at }, order, 'APPROVAL_EXPIRED');
  });
}

/** The limit of the restaurant that the person acts for; null for none. */
export function readSpendLimit({ manager, viewer }: OrdersContext): Promise<SpendLimitEntity | null> {
  const organization = viewer.kind === 'user' ? viewer.organization : undefined;
  if (organization?.type !== 'RESTAURANT') return Promise.resolve(null);
  return new ApprovalRepository(manager).findLimit(organization.id);
}

/** Sets what an order may come to before an ADMIN has to approve it; null lets members order without asking. */
export async function setSpendLimit(context: OrdersContext, limit: Limit | null): Promise<SpendLimitOutcome> {
  const { organizationId, userId } = requireRestaurantAdmin(context.viewer);
  const problem = limit && limitProblem(limit);
  if (problem) return { spendLimit: null, userErrors: [problem] };
  return inTransaction(context.manager, async (manager) => {
    const approvals = new ApprovalRepository(manager);
    const before = await approvals.findLimit(organizationId);
    if (limit)
      await approvals.upsertLimit({
        organizationId,
        amount: limit.amount,
        currency: limit.currencyCode,
        updatedBy: userId,
      });
    else await approvals.deleteLimit(organizationId);
    const after = await approvals.findLimit(organizationId);
    await tell(context, manager, organizationId, before, after);
    return { spendLimit: after, userErrors: [] };
  });
}

const valuesOf = (limit: SpendLimitEntity | null) => limit && { amount: limit.amount, currency: limit.currency };

async function tell(
  context: OrdersContext,
  manager: EntityManager,
  organizationId: string,
  before: SpendLimitEntity | null,
  after: SpendLimitEntity | null,
): Promise<void> {
  if (JSON.stringify(valuesOf(before)) === JSON.stringify(valuesOf(after))) return;
  await recordAudit(context.jobs, manager, context, {
    action: after ? 'spend-limit.set' : 'spend-limit.clear',
    subject: { type: 'Organization', id: organizationId },
    before: valuesOf(before),
    after: valuesOf(after),
  });
}

function limitProblem({ amount, currencyCode }: Limit): UserError | null {
  if (!isCurrency(currencyCode)) {
    const message = `${currencyCode.slice(0, 20)} is no currency that is known here.`;
    return spendLimitError('BAD_CURRENCY', ['limit', 'currencyCode'], message);
  }
  const exact = new Decimal(amount);
  const isGood =
    !exact.isNegative() && exact.lessThanOrEqualTo(largestLimit) && exact.decimalPlaces() <= minorUnit(currencyCode);
  if (isGood) return null;
  return spendLimitError('BAD_AMOUNT', ['limit', 'amount'], `${amount} ${currencyCode} is no limit.`);
}

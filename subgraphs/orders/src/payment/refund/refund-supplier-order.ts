import { createHash } from 'node:crypto';
import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import { isUUID } from '@gastronom/shared/id';
import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import { actorOf } from '@gastronom/shared/viewer';
import { Decimal } from 'decimal.js';
import type { EntityManager } from 'typeorm';
import type { OrdersContext } from '../../context.ts';
import { OrderLineEntity } from '../../supplier-order/order-line.entity.ts';
import { fromUnits, isPayable, toUnits } from '../amount.ts';
import { isStaffViewer } from '../payment.resolver.ts';
import { type HeldPart, holdPart } from '../payment-split.ts';
import type { RefundEntity } from './refund.entity.ts';
import { refundError } from './refund.errors.ts';
import type { RefundSupplierOrderInput } from './refund.inputs.ts';
import { RefundRepository } from './refund.repository.ts';
import { refundable, refundPart } from './refund.service.ts';

export interface RefundOutcome {
  readonly refund: (RefundEntity & { readonly currency: string }) | null;
  readonly replayed: boolean;
  readonly userErrors: readonly UserError[];
}

/** What keeps a refund from being made, thrown through the transaction. */
class Refusal extends Error {
  readonly userError: UserError;

  constructor(...given: Parameters<typeof refundError>) {
    super(given[2]);
    const [code, field, message] = given;
    this.userError = refundError(code, ['input', ...field], message);
  }
}

/** Gives money back, as the supplier or staff decides: at most what is left of what was paid. */
export async function refundSupplierOrder(
  context: OrdersContext,
  input: RefundSupplierOrderInput,
): Promise<RefundOutcome> {
  try {
    check(input);
    return await inTransaction(context.manager, (manager) => refund(context, manager, input));
  } catch (error) {
    if (error instanceof Refusal) return { refund: null, replayed: false, userErrors: [error.userError] };
    throw error;
  }
}

function check({ idempotencyKey, reason, amount, lines }: RefundSupplierOrderInput): void {
  const isText = (text: string, most: number) => text.trim() !== '' && text.length <= most && isStorable(text);
  if (!isText(idempotencyKey, 200)) throw new Refusal('BAD_KEY', ['idempotencyKey'], 'A key has 1 to 200 characters.');
  if (!isText(reason, 500)) throw new Refusal('BAD_REASON', ['reason'], 'A reason has 1 to 500 characters.');
  if ((amount == null) === (lines == null || lines.length === 0))
    throw new Refusal('BAD_AMOUNT', ['amount'], 'Give either an amount or lines.');
}

async function refund(
  context: OrdersContext,
  manager: EntityManager,
  input: RefundSupplierOrderInput,
): Promise<RefundOutcome> {
  const held = await hold(context, manager, input.supplierOrderId);
  const { payment, part } = held;
  const { currency } = payment;
  const refunds = new RefundRepository(manager);
  const fingerprint = fingerprintOf(input);
  const known = await refunds.findByKey(part.id, input.idempotencyKey);
  if (known && known.fingerprint !== fingerprint)
    throw new DomainError('IDEMPOTENCY_KEY_REUSED', 'This key stands for another refund: take a new one.');
  if (known) return { refund: { ...known, currency }, replayed: true, userErrors: [] };
  if (!payment.succeededAt) throw new Refusal('NOT_PAID', ['supplierOrderId'], 'The order is not paid.');
  if ((await refunds.disputes(payment.id)).some(({ status }) => status === 'OPEN'))
    throw new Refusal('DISPUTED', ['supplierOrderId'], 'The buyer disputes this payment: wait for the end of it.');
  const amount = await amountOf(manager, held, input);
  const left = refundable(payment, part);
  if (amount > left)
    throw new Refusal('EXCEEDS_PAID', ['amount'], `Only ${fromUnits(left, currency)} ${currency} is left of it.`);
  const made = await refundPart({ ...context, manager }, payment, part, {
    amount,
    source: 'REQUESTED',
    reason: input.reason,
    requestedBy: actorOf(context.viewer),
    idempotencyKey: input.idempotencyKey,
    fingerprint,
  });
  if (!made) throw new Error('a refund of more than nothing was not made');
  await recordAudit(context.jobs, manager, context, {
    action: 'payment.refund',
    subject: { type: 'SupplierOrder', id: part.supplierOrderId },
    after: { amount: fromUnits(amount, currency), currency, reason: input.reason, refundId: made.id },
  });
  return { refund: { ...made, currency }, replayed: false, userErrors: [] };
}

/** Of the viewer's own organization, or of any for staff: others find none. */
async function hold({ viewer }: OrdersContext, manager: EntityManager, supplierOrderId: string): Promise<HeldPart> {
  const held = isUUID(supplierOrderId) ? await holdPart(manager, supplierOrderId.toLowerCase()) : null;
  const organization = viewer.kind === 'user' ? viewer.organization : undefined;
  const isSupplier = organization?.type === 'SUPPLIER' && organization.id === held?.part.organizationId;
  if (!held || (!isSupplier && !isStaffViewer({ viewer })))
    throw new Refusal('NOT_FOUND', ['supplierOrderId'], 'There is no such order that was paid by card.');
  return held;
}

async function amountOf(manager: EntityManager, { payment, part }: HeldPart, input: RefundSupplierOrderInput) {
  const { currency } = payment;
  if (input.amount != null) {
    const isAmount = isPayable(input.amount, currency) && new Decimal(input.amount).greaterThan(0);
    if (!isAmount) throw new Refusal('BAD_AMOUNT', ['amount'], `This is no amount of ${currency} to be paid back.`);
    return toUnits(input.amount, currency);
  }
  const rows = await manager.findBy(OrderLineEntity, { supplierOrderId: part.supplierOrderId });
  const lines = new Map(rows.map((line) => [line.id, line]));
  let sum = 0n;
  for (const [index, { lineId, quantity }] of (input.lines ?? []).entries()) {
    const line = lines.get(lineId.toLowerCase());
    const field = ['lines', String(index)];
    if (!line) throw new Refusal('UNKNOWN_LINE', [...field, 'lineId'], 'It is no line of this order, or given twice.');
    lines.delete(line.id);
    const wanted = new Decimal(quantity);
    // What was put off to a back-order is given back there.
    const ordered = new Decimal(line.quantity).minus(line.backOrderedQuantity);
    if (wanted.lessThanOrEqualTo(0) || wanted.greaterThan(ordered))
      throw new Refusal('BAD_QUANTITY', [...field, 'quantity'], `Between nothing and ${ordered} packs were ordered.`);
    sum += toUnits(wanted.times(line.totalAmount).div(ordered).toFixed(6), currency);
  }
  if (sum === 0n) throw new Refusal('BAD_AMOUNT', ['lines'], 'Nothing was paid for these lines.');
  return sum;
}

const fingerprintOf = ({ supplierOrderId, amount, lines, reason }: RefundSupplierOrderInput): string =>
  createHash('sha256')
    .update(JSON.stringify([supplierOrderId.toLowerCase(), amount ?? null, lines ?? null, reason]))
    .digest('hex');

import { toMinorUnit } from '@gastronom/shared/money';
import { Decimal } from 'decimal.js';
import type { OrdersContext } from '../context.ts';
import type { OrderLineEntity } from './order-line.entity.ts';
import type { PromisedLine } from './promised-line.ts';
import { readQuantity } from './quantity.ts';
import { refuse } from './refusal.ts';
import { type LineAmounts } from './share-of-line.ts';
import type { QuotedSubstitute, WantedSubstitute } from './substitute-quote.ts';
import {
  type CommandTarget,
  commandSupplierOrder,
  type PartInHand,
  type SupplierOrderOutcome,
} from './supplier-order-command.ts';

/** What the supplier would send in place of what it lacks. */
export interface ProposedSubstitute {
  readonly replaced: PromisedLine;
  readonly offerId: string;
  readonly quantity: Decimal;
  readonly row: Partial<OrderLineEntity>;
}

export interface AnswerCommand extends CommandTarget {
  readonly lineId: string;
  readonly accept: boolean;
}

interface Priced {
  readonly price: string;
  readonly taxRate: string;
  readonly taxIncluded: boolean;
}

function amountsOf({ price, taxRate, taxIncluded }: Priced, quantity: Decimal, currency: string): LineAmounts {
  const asked = toMinorUnit(quantity.times(price), currency);
  const base = taxIncluded ? new Decimal(taxRate).plus(100) : new Decimal(100);
  const tax = toMinorUnit(asked.times(taxRate).dividedBy(base), currency);
  const goods = taxIncluded ? asked.minus(tax) : asked;
  return { goodsAmount: goods.toString(), taxAmount: tax.toString(), totalAmount: goods.plus(tax).toString() };
}

/** A substitute as the buyer would be charged for it. */
export function readSubstitute(
  { part }: PartInHand,
  quotes: ReadonlyMap<string, QuotedSubstitute>,
  replaced: PromisedLine,
  wanted: WantedSubstitute,
  index: number,
): ProposedSubstitute {
  const field = ['lines', String(index), 'substitute'];
  if (part.substitution === 'REFUSE')
    throw refuse('SUBSTITUTES_REFUSED', field, `The buyer of ${part.number} wants no substitutes.`);
  const quantity = readQuantity(wanted.quantity, [...field, 'quantity'], 'BAD_QUANTITY');
  if (quantity.isZero() || quantity.greaterThan(9_999_999))
    throw refuse('BAD_QUANTITY', [...field, 'quantity'], 'A substitute is more than nothing.');
  if (replaced.quantity.greaterThanOrEqualTo(replaced.line.quantity))
    throw refuse('BAD_QUANTITY', [...field, 'quantity'], `${replaced.line.name} is confirmed in full.`);
  const quote = quotes.get(wanted.offerId);
  if (quote?.status !== 'OK' || !quote.price || quote.price.currency !== part.currency || !quote.name)
    throw refuse('UNKNOWN_SUBSTITUTE', [...field, 'offerId'], 'This buyer can be sold no such offer of yours.');
  const priced = {
    price: quote.price.amount,
    taxRate: quote.taxRate ?? '0',
    taxIncluded: quote.taxIncluded ?? false,
  };
  const row = {
    offerId: quote.offerId,
    productSku: quote.productSku ?? null,
    supplierSku: quote.supplierSku ?? null,
    gtin: quote.gtin ?? null,
    name: quote.name,
    unit: quote.unit ?? replaced.line.unit,
    baseUnit: quote.baseUnit ?? replaced.line.baseUnit,
    packSize: quote.packSize ?? '1',
    quantity: quantity.toString(),
    priceAmount: priced.price,
    taxRate: priced.taxRate,
    taxIncluded: priced.taxIncluded,
    catchWeight: quote.catchWeight ?? false,
    ...amountsOf(priced, quantity, part.currency),
  };
  return { replaced, offerId: wanted.offerId, quantity, row };
}

/** They stand at once where the buyer allows it; otherwise they wait for an answer. */
export function insertSubstitutes(
  { part, lines, repository }: PartInHand,
  substitutes: readonly ProposedSubstitute[],
): Promise<OrderLineEntity[]> {
  if (substitutes.length === 0) return Promise.resolve([]);
  const isAllowed = part.substitution === 'ALLOW';
  const last = Math.max(...lines.map(({ position }) => position));
  return repository.insertLines(
    substitutes.map(({ replaced, quantity, row }, index) => ({
      ...row,
      supplierOrderId: part.id,
      position: last + 1 + index,
      substituteFor: replaced.line.id,
      substituteStatus: isAllowed ? ('ACCEPTED' as const) : ('PROPOSED' as const),
      confirmedQuantity: isAllowed ? quantity.toString() : null,
    })),
  );
}

/** The buyer takes what is proposed, or does without. */
export function answerSubstitute(context: OrdersContext, command: AnswerCommand): Promise<SupplierOrderOutcome> {
  const status = command.accept ? 'ACCEPTED' : 'DECLINED';
  const find = ({ lines }: PartInHand) => lines.find(({ id }) => id === command.lineId.toLowerCase());
  return commandSupplierOrder(context, command, {
    isDone: (hand) => hand.parties.includes('BUYER') && find(hand)?.substituteStatus === status,
    async run(hand) {
      const line = find(hand);
      if (!line?.substituteStatus)
        throw refuse('UNKNOWN_LINE', ['lineId'], `${hand.part.number} has no such substitute.`);
      if (
        !hand.parties.includes('BUYER') ||
        line.substituteStatus !== 'PROPOSED' ||
        hand.part.status !== 'PARTLY_CONFIRMED'
      )
        throw refuse('NOT_ALLOWED', ['lineId'], 'This substitute does not wait for an answer of yours.');
      const confirmedQuantity = command.accept ? line.quantity : '0';
      await hand.repository.updateLine(line.id, { substituteStatus: status, confirmedQuantity });
      const confirmed = [{ lineId: line.id, quantity: new Decimal(confirmedQuantity).toFixed(3) }];
      return hand.take('BUYER', { to: hand.part.status, confirmed });
    },
  });
}

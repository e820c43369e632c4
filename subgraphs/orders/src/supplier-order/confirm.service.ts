import { Decimal } from 'decimal.js';
import type { OrdersContext } from '../context.ts';
import { insertBackOrder } from './back-order.ts';
import type { PromisedLine } from './promised-line.ts';
import { readQuantity } from './quantity.ts';
import { refuse } from './refusal.ts';
import { insertSubstitutes, type ProposedSubstitute, readSubstitute } from './substitute.ts';
import { quoteSubstitutes, type WantedSubstitute } from './substitute-quote.ts';
import type { SupplierOrderEntity } from './supplier-order.entity.ts';
import {
  type CommandTarget,
  commandSupplierOrder,
  type PartInHand,
  type SupplierOrderOutcome,
} from './supplier-order-command.ts';

/** What becomes of what is not confirmed. */
export type Rest = 'DROP' | 'BACK_ORDER';

export interface ConfirmedLine {
  readonly lineId: string;
  readonly quantity: string;
  readonly substitute?: WantedSubstitute | null | undefined;
}

export interface ConfirmCommand extends CommandTarget {
  /** Null confirms all; a line that is not named is confirmed in full. */
  readonly lines?: readonly ConfirmedLine[] | null | undefined;
  readonly rest?: Rest | null | undefined;
}

/** The supplier promises to deliver: all, or what it says of each line. */
export async function confirmSupplierOrder(
  context: OrdersContext,
  command: ConfirmCommand,
): Promise<SupplierOrderOutcome> {
  const wanted = (command.lines ?? []).flatMap(({ substitute }) => substitute ?? []);
  const quotes = await quoteSubstitutes(context, command.supplierOrderId, wanted);
  return commandSupplierOrder(context, command, {
    isDone: (hand) => wasConfirmedSo(hand, command),
    async run(hand) {
      const party = hand.partyFor('CONFIRM');
      const promised = readPromises(hand, command);
      const substitutes = (command.lines ?? []).flatMap(({ lineId, substitute }, index) => {
        const replaced = promised.find(({ line }) => line.id === lineId);
        return substitute && replaced ? [readSubstitute(hand, quotes, replaced, substitute, index)] : [];
      });
      return confirm(hand, party, { promised, substitutes, rest: command.rest ?? 'DROP' });
    },
  });
}

interface Confirmation {
  readonly promised: readonly PromisedLine[];
  readonly substitutes: readonly ProposedSubstitute[];
  readonly rest: Rest;
}

async function confirm(
  hand: PartInHand,
  party: ReturnType<PartInHand['partyFor']>,
  { promised, substitutes, rest }: Confirmation,
): Promise<SupplierOrderEntity> {
  if (promised.every(({ quantity }) => quantity.isZero()) && substitutes.length === 0)
    throw refuse('NOTHING_CONFIRMED', ['lines'], 'Nothing would be delivered: reject the order, and say why.');
  for (const { line, quantity } of promised)
    await hand.repository.updateLine(line.id, { confirmedQuantity: quantity.toString() });
  const extra = await insertSubstitutes(hand, substitutes);
  const missing = promised.filter(({ line, quantity }) => quantity.lessThan(line.quantity));
  // What is replaced is not owed as well.
  const owed = missing.filter(({ line }) => !substitutes.some(({ replaced }) => replaced.line.id === line.id));
  if (rest === 'BACK_ORDER' && owed.length > 0 && hand.order.paymentMethod === 'CARD')
    throw refuse('PAID_BY_CARD', ['rest'], 'It was paid by card: what does not come is refunded, and ordered anew.');
  const moved = rest === 'BACK_ORDER' && owed.length > 0 ? await insertBackOrder(hand, owed) : {};
  return hand.take(party, {
    to: missing.length === 0 ? 'CONFIRMED' : 'PARTLY_CONFIRMED',
    set: { ...moved, confirmedAt: hand.stepping.at },
    confirmed: [
      ...promised.map(({ line, quantity }) => ({ lineId: line.id, quantity: quantity.toFixed(3) })),
      ...extra.flatMap(({ id, confirmedQuantity }) =>
        confirmedQuantity ? [{ lineId: id, quantity: new Decimal(confirmedQuantity).toFixed(3) }] : [],
      ),
    ],
  });
}

/** Every line of the part, promised as the command says. */
function readPromises({ lines }: PartInHand, { lines: given }: ConfirmCommand): PromisedLine[] {
  const known = new Map(lines.map((line) => [line.id, line]));
  const named = new Map<string, Decimal>();
  (given ?? []).forEach(({ lineId, quantity: text }, index) => {
    const line = known.get(lineId.toLowerCase());
    if (!line || named.has(line.id))
      throw refuse('UNKNOWN_LINE', ['lines', String(index), 'lineId'], 'The order has no such line, or it came twice.');
    const field = ['lines', String(index), 'quantity'];
    const quantity = readQuantity(text, field, 'BAD_QUANTITY');
    if (quantity.greaterThan(line.quantity))
      throw refuse('BAD_QUANTITY', field, `${line.quantity} of ${line.name} were ordered: no more can be confirmed.`);
    named.set(line.id, quantity);
  });
  return lines.map((line) => ({ line, quantity: named.get(line.id) ?? new Decimal(line.quantity) }));
}

/** Whether the same was confirmed before: then it is answered once more. */
function wasConfirmedSo({ part, lines, parties }: PartInHand, { lines: given }: ConfirmCommand): boolean {
  if (!parties.includes('SUPPLIER') || (part.status !== 'CONFIRMED' && part.status !== 'PARTLY_CONFIRMED'))
    return false;
  return lines
    .filter(({ substituteFor }) => substituteFor === null)
    .every(({ id, quantity, confirmedQuantity }) => {
      const said = given?.find(({ lineId }) => lineId.toLowerCase() === id)?.quantity ?? quantity;
      return confirmedQuantity !== null && new Decimal(said).equals(confirmedQuantity);
    });
}

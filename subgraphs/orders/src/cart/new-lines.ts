import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import { Decimal } from 'decimal.js';
import type { OrderableLine, Quote, QuotedLine } from '../quote/quote.ts';
import { cartError } from './cart.errors.ts';
import type { NewCartLine } from './cart.repository.ts';
import { readNote } from './read-line.ts';

export interface WantedLine {
  readonly offerId: string;
  readonly quantity: string;
  readonly note?: string | null | undefined;
}

const refusals = {
  UNKNOWN_OFFER: 'There is no such offer.',
  NOT_FOR_THIS_BUYER: 'This offer is not for you.',
  NOT_AVAILABLE: 'This cannot be ordered at the moment.',
  NO_PRICE: 'This has no price for you.',
} as const;

/** Why an offer cannot be put in; null where it can. */
export function refusalOf(line: QuotedLine | undefined, field: string[]): UserError | null {
  const status = line?.status ?? 'UNKNOWN_OFFER';
  return status === 'OK' ? null : cartError(status, field, refusals[status]);
}

/** Rows of the lines that can be ordered; what is said twice of an offer is added up. */
export function newLines(wanted: readonly WantedLine[], quote: Quote): NewCartLine[] {
  const rows = new Map<string, NewCartLine>();
  for (const [index, { quantity, note }] of wanted.entries()) {
    const line = quote.lines.get(String(index));
    if (line?.status !== 'OK') continue;
    const known = rows.get(line.offerId);
    const sum = new Decimal(known?.quantity ?? 0).plus(quantity).toFixed();
    rows.set(line.offerId, rowOf(line, quote, sum, readNote(note, []).value ?? known?.note ?? null));
  }
  return [...rows.values()];
}

const rowOf = (line: OrderableLine, quote: Quote, quantity: string, note: string | null): NewCartLine => ({
  offerId: isUUID(line.offerId) ? line.offerId.toLowerCase() : line.offerId,
  supplierId: line.supplierId,
  supplierName: quote.suppliers.get(line.supplierId)?.name ?? '',
  name: line.name,
  unit: line.unit,
  priceAmount: line.price.amount,
  priceCurrency: line.price.currency,
  quantity,
  note,
});

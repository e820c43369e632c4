import { type CartFinding, errorsOf } from '../cart/cart-finding.ts';
import { type CheckedChoice, type CheckedLine, checkCart } from '../cart/check-cart.ts';
import { deliveryFor } from '../cart/choose-delivery.ts';
import type { OrderedChoice } from '../placement/draft-order.ts';
import { isKnown, type Quote } from '../quote/quote.ts';
import type { StandingLine } from './standing-order.row.ts';

/** What of the lines can be ordered, and what is to be said of them all. Findings name lines by their offers. */
export interface Orderable {
  readonly lines: readonly StandingLine[];
  readonly findings: readonly CartFinding[];
  readonly missing: readonly MissingLine[];
}

export interface MissingLine {
  readonly offerId: string;
  readonly name: string;
  readonly code: string;
}

const supplierOf = (quote: Quote, offerId: string): string => {
  const line = quote.lines.get(offerId);
  return line && isKnown(line) ? line.supplierId : '';
};

/**
 * Nobody looks on: one offer that is gone must not keep a kitchen from its milk. Lines that cannot be ordered are left out,
 * then suppliers whose terms are not met without them; what concerns the whole keeps all of it.
 */
export function orderWhatCanBe(
  wanted: readonly StandingLine[],
  choices: readonly CheckedChoice[],
  quote: Quote,
): Orderable {
  const findings: CartFinding[] = [];
  const missing: MissingLine[] = [];
  let lines = wanted;
  while (lines.length > 0) {
    const found = checkCart(
      lines.map((line) => checked(line, quote)),
      choices,
      quote,
    );
    const errors = errorsOf(found);
    if (errors.length === 0) return { lines, findings: unique([...findings, ...found]), missing };
    findings.push(...errors);
    const reasons = new Map(lines.map((line) => [line, reasonAgainst(line.offerId, errors, quote)]));
    // Of suppliers' terms is judged once more when the lines are out that nobody can have.
    const isAboutLines = errors.some(({ lineId }) => lineId !== undefined);
    const out = lines.filter((line) => {
      const reason = reasons.get(line);
      return reason && (!isAboutLines || reason.lineId !== undefined);
    });
    const gone = out.length > 0 ? out : lines;
    for (const line of gone)
      missing.push({
        offerId: line.offerId,
        name: line.name,
        code: reasons.get(line)?.code ?? errors[0]?.code ?? '',
      });
    lines = lines.filter((line) => !gone.includes(line));
  }
  return { lines: [], findings: unique(findings), missing };
}

const checked = ({ offerId, quantity, name }: StandingLine, quote: Quote): CheckedLine => ({
  ...{ id: offerId, quantity, supplierId: supplierOf(quote, offerId), name },
  ...{ priceAmount: null, priceCurrency: null },
});

function reasonAgainst(offerId: string, errors: readonly CartFinding[], quote: Quote): CartFinding | undefined {
  const supplierId = supplierOf(quote, offerId);
  return (
    errors.find(({ lineId }) => lineId === offerId) ??
    errors.find((error) => error.lineId === undefined && error.supplierId === supplierId && supplierId !== '')
  );
}

const unique = (findings: readonly CartFinding[]): CartFinding[] => [
  ...new Map(findings.map((finding) => [`${finding.code} ${finding.lineId} ${finding.supplierId}`, finding])).values(),
];

/** When each supplier would deliver what is ordered at the moment of the quote. */
export function plannedChoices(lines: readonly StandingLine[], quote: Quote): OrderedChoice[] {
  const bySupplier = Map.groupBy(lines, ({ offerId }) => supplierOf(quote, offerId));
  return [...quote.suppliers.values()].flatMap((supplier) => {
    const leadTimes = (bySupplier.get(supplier.id) ?? []).map(({ offerId }) => {
      const line = quote.lines.get(offerId);
      return line?.status === 'OK' ? line.leadTimeDays : 0;
    });
    const day = deliveryFor(supplier, undefined, Math.max(0, ...leadTimes), quote.at);
    const when = day && { deliverOn: day.on, deliverFrom: day.from, cutOffAt: new Date(day.cutOffAt) };
    return when ? [{ supplierId: supplier.id, ...when, substitution: 'ASK', note: null }] : [];
  });
}

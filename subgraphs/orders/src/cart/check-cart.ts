import { Decimal } from 'decimal.js';
import { priceLine, sumLines } from '../quote/price-line.ts';
import { isKnown, type Quote, type QuotedSupplier } from '../quote/quote.ts';
import type { CartFinding } from './cart-finding.ts';
import { checkDelivery } from './choose-delivery.ts';

/** A line that is to be ordered, and what was known of its price when it was put down. */
export interface CheckedLine {
  readonly id: string;
  readonly supplierId: string;
  readonly name: string;
  readonly quantity: string;
  readonly priceAmount: string | null;
  readonly priceCurrency: string | null;
}

/** When a supplier is to deliver. */
export interface CheckedChoice {
  readonly supplierId: string;
  readonly deliverOn: string | null;
  readonly deliverFrom: string | null;
  readonly cutOffAt: Date | null;
}

/** Everything that stands between lines and an order of them, or that the buyer should know before. */
export function checkCart(
  lines: readonly CheckedLine[],
  choices: readonly CheckedChoice[],
  quote: Quote,
): CartFinding[] {
  if (lines.length === 0) return [{ code: 'CART_EMPTY', severity: 'ERROR', message: 'There is nothing to order.' }];
  const bySupplier = Map.groupBy(lines, ({ id, supplierId }) => supplierOf(quote, id) ?? supplierId);
  return [
    ...lines.flatMap((line) => checkLine(line, quote)),
    ...checkCurrencies(lines, quote),
    ...[...quote.suppliers.values()].flatMap((supplier) => {
      const its = bySupplier.get(supplier.id) ?? [];
      const choice = choices.find(({ supplierId }) => supplierId === supplier.id);
      return its.length === 0
        ? []
        : [...checkMinimum(supplier, its, quote), ...checkDelivery(supplier, choice, leadTimeOf(its, quote), quote.at)];
    }),
  ];
}

function supplierOf(quote: Quote, lineId: string): string | undefined {
  const line = quote.lines.get(lineId);
  return line && isKnown(line) ? line.supplierId : undefined;
}

const leadTimeOf = (lines: readonly CheckedLine[], quote: Quote): number =>
  Math.max(
    0,
    ...lines.map(({ id }) => {
      const line = quote.lines.get(id);
      return line && isKnown(line) ? line.leadTimeDays : 0;
    }),
  );

const gone = {
  UNKNOWN_OFFER: 'is not offered any more.',
  NOT_FOR_THIS_BUYER: 'is not offered to you.',
  NOT_AVAILABLE: 'cannot be ordered at the moment.',
  NO_PRICE: 'has no price for you at the moment.',
} as const;

function checkLine({ id, name, quantity, priceAmount, priceCurrency }: CheckedLine, quote: Quote): CartFinding[] {
  const line = quote.lines.get(id);
  const status = line?.status ?? 'UNKNOWN_OFFER';
  if (line?.status !== 'OK' || status !== 'OK') {
    const code = status === 'OK' ? 'UNKNOWN_OFFER' : status;
    return [{ code, severity: 'ERROR', lineId: id, message: `${name} ${gone[code]}` }];
  }
  const about = { lineId: id, supplierId: line.supplierId };
  const findings: CartFinding[] = [];
  const wanted = new Decimal(quantity);
  if (wanted.lessThan(line.minimumQuantity)) {
    const message = `${name} is sold from ${line.minimumQuantity} ${line.unit}.`;
    findings.push({
      code: 'BELOW_MINIMUM_QUANTITY',
      severity: 'ERROR',
      ...about,
      message,
      quantity: line.minimumQuantity,
    });
  }
  if (!wanted.modulo(line.multiple).isZero()) {
    const next = wanted.div(line.multiple).ceil().times(line.multiple).toFixed();
    const message = `${name} is sold in multiples of ${line.multiple} ${line.unit}.`;
    findings.push({ code: 'NOT_A_MULTIPLE', severity: 'ERROR', ...about, message, quantity: next });
  }
  if (line.available !== null && wanted.greaterThan(line.available)) {
    const message = `There are ${line.available} ${line.unit} of ${name}.`;
    findings.push({ code: 'NOT_ENOUGH', severity: 'ERROR', ...about, message, quantity: line.available });
  }
  if (priceAmount !== null && priceCurrency !== null) {
    const before = { amount: priceAmount, currency: priceCurrency };
    const isOther = before.currency !== line.price.currency || !new Decimal(before.amount).equals(line.price.amount);
    const message = `The price of ${name} is another than when it was put in.`;
    if (isOther)
      findings.push({
        code: 'PRICE_MOVED',
        severity: 'WARNING',
        ...about,
        message,
        oldPrice: before,
        newPrice: line.price,
      });
  }
  return findings;
}

function checkCurrencies(lines: readonly CheckedLine[], quote: Quote): CartFinding[] {
  const currencies = new Set<string>();
  for (const { id } of lines) {
    const line = quote.lines.get(id);
    if (line?.status !== 'OK') continue;
    currencies.add(line.price.currency);
    // Its terms are in its own currency.
    const supplier = quote.suppliers.get(line.supplierId);
    if (supplier?.delivery || supplier?.minimum) currencies.add(supplier.currency);
  }
  if (currencies.size <= 1) return [];
  const message = `An order has one currency, and these lines have ${[...currencies].toSorted().join(', ')}: order them apart.`;
  return [{ code: 'CURRENCY_MIXED', severity: 'ERROR', message }];
}

function checkMinimum(supplier: QuotedSupplier, lines: readonly CheckedLine[], quote: Quote): CartFinding[] {
  if (!supplier.minimum) return [];
  const amounts = lines.flatMap(({ id, quantity }) => {
    const line = quote.lines.get(id);
    return line?.status === 'OK' ? [priceLine(line, quantity)] : [];
  });
  const { listed } = sumLines(amounts, null);
  const { amount, hard } = supplier.minimum;
  if (listed.greaterThanOrEqualTo(amount)) return [];
  return [
    {
      code: 'BELOW_MINIMUM',
      severity: hard ? 'ERROR' : 'WARNING',
      supplierId: supplier.id,
      message: `${supplier.name} ${hard ? 'delivers' : 'asks for orders'} from ${amount} ${supplier.currency}.`,
      missing: { amount: new Decimal(amount).minus(listed).toFixed(), currency: supplier.currency },
    },
  ];
}

import { Decimal } from 'decimal.js';
import { type Amounts, priceLine, sumLines } from '../quote/price-line.ts';
import { isKnown, type QuotedSupplier } from '../quote/quote.ts';
import type { CartSupplierEntity } from './cart.entity.ts';
import type { CartLineView, CartView } from './cart-view.ts';

/** What of a cart one supplier would deliver. */
export interface CartPart {
  readonly supplier: QuotedSupplier;
  readonly choice: CartSupplierEntity | undefined;
  readonly lines: readonly CartLineView[];
  readonly amounts: Amounts;
  /** Of its prices; the supplier's own where it has none here. */
  readonly currency: string;
}

/** By supplier, at prices of now: lines that cannot be ordered are listed and not counted. */
export async function cartParts({ lines, choices, quote }: CartView): Promise<CartPart[]> {
  const { suppliers, lines: quoted } = await quote();
  const bySupplier = Map.groupBy(lines, ({ id, supplierId }) => {
    const line = quoted.get(id);
    return line && isKnown(line) ? line.supplierId : supplierId;
  });
  return [...suppliers.values()].flatMap((supplier) => {
    const its = bySupplier.get(supplier.id) ?? [];
    const orderable = its.flatMap(({ id, quantity }) => {
      const line = quoted.get(id);
      return line?.status === 'OK' ? [{ line, quantity }] : [];
    });
    const currency = orderable[0]?.line.price.currency ?? supplier.currency;
    const priced = orderable.flatMap(({ line, quantity }) =>
      line.price.currency === currency ? [priceLine(line, quantity)] : [],
    );
    const choice = choices.find(({ supplierId }) => supplierId === supplier.id);
    const amounts = sumLines(priced, priced.length > 0 ? supplier.delivery : null);
    return its.length === 0 ? [] : [{ supplier, choice, lines: its, amounts, currency }];
  });
}

export function totalOf(parts: readonly CartPart[]): { amount: Decimal; currency: string } | null {
  const [currency, ...others] = new Set(parts.map((part) => part.currency));
  if (currency === undefined || others.length > 0) return null;
  return { amount: parts.reduce((sum, { amounts }) => sum.plus(amounts.total), new Decimal(0)), currency };
}

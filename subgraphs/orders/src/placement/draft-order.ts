import { Decimal } from 'decimal.js';
import { deliveryFor } from '../cart/choose-delivery.ts';
import { type LineAmounts, priceLine, sumLines } from '../quote/price-line.ts';
import type { OrderableLine, Quote, QuotedSupplier } from '../quote/quote.ts';
import type { OrderLineEntity } from '../supplier-order/order-line.entity.ts';
import type { Substitution, SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';

/** A line to be ordered, by the key it was quoted with. */
export interface OrderedLine {
  readonly id: string;
  readonly quantity: string;
  readonly note: string | null;
}

/** What the buyer wants of a supplier. */
export interface OrderedChoice {
  readonly supplierId: string;
  readonly deliverOn: string | null;
  readonly deliverFrom: string | null;
  readonly cutOffAt: Date | null;
  readonly substitution: Substitution;
  readonly note: string | null;
}

type DraftLine = Omit<
  OrderLineEntity,
  | 'id'
  | 'supplierOrderId'
  | 'confirmedQuantity'
  | 'receivedQuantity'
  | 'backOrderedQuantity'
  | 'damagedQuantity'
  | 'refusal'
  | 'available'
  | 'substituteFor'
  | 'substituteStatus'
>;

/** One supplier's part, with names, prices and tax as they are at this moment. */
export interface DraftPart {
  readonly row: Pick<
    SupplierOrderEntity,
    | 'supplierId'
    | 'supplierOrganizationId'
    | 'isHouse'
    | 'supplierName'
    | 'deliverOn'
    | 'deliverFrom'
    | 'deliverTo'
    | 'timeZone'
    | 'cutOffAt'
    | 'cancelUntil'
    | 'currency'
    | 'goodsAmount'
    | 'deliveryAmount'
    | 'taxAmount'
    | 'totalAmount'
    | 'substitution'
    | 'note'
  >;
  readonly lines: readonly DraftLine[];
}

export interface Draft {
  readonly currency: string;
  readonly parts: readonly DraftPart[];
}

interface Quoted {
  readonly line: OrderedLine;
  readonly quoted: OrderableLine;
  readonly amounts: LineAmounts;
}

/** Splits checked lines by supplier. A line that cannot be ordered has been found out before. */
export function draftOrder(lines: readonly OrderedLine[], choices: readonly OrderedChoice[], quote: Quote): Draft {
  const quoted = lines.map((line): Quoted => {
    const found = quote.lines.get(line.id);
    if (found?.status !== 'OK') throw new Error(`line ${line.id} is ordered and cannot be`);
    return { line, quoted: found, amounts: priceLine(found, line.quantity) };
  });
  const parts = [...Map.groupBy(quoted, (one) => one.quoted.supplierId)].map(([supplierId, its]) => {
    const supplier = quote.suppliers.get(supplierId);
    if (!supplier) throw new Error(`supplier ${supplierId} quoted and said nothing of itself`);
    const choice = choices.find((one) => one.supplierId === supplierId);
    return draftPart(supplier, its, choice, quote.at);
  });
  return { currency: parts[0]?.row.currency ?? '', parts };
}

function draftPart(
  supplier: QuotedSupplier,
  lines: readonly Quoted[],
  choice: OrderedChoice | undefined,
  at: Date,
): DraftPart {
  const leadTimeDays = Math.max(...lines.map(({ quoted }) => quoted.leadTimeDays));
  const day = deliveryFor(supplier, choice, leadTimeDays, at);
  const amounts = sumLines(
    lines.map((line) => line.amounts),
    supplier.delivery,
  );
  return {
    row: {
      supplierId: supplier.id,
      supplierOrganizationId: supplier.organizationId,
      isHouse: supplier.isHouse,
      supplierName: supplier.name,
      deliverOn: day?.on ?? null,
      deliverFrom: day?.from ?? null,
      deliverTo: day?.to ?? null,
      timeZone: supplier.timeZone,
      cutOffAt: day ? new Date(day.cutOffAt) : null,
      cancelUntil: supplier.cancelUntil,
      currency: lines[0]?.quoted.price.currency ?? supplier.currency,
      goodsAmount: amounts.goods.toFixed(),
      deliveryAmount: amounts.delivery.toFixed(),
      taxAmount: amounts.tax.toFixed(),
      totalAmount: amounts.total.toFixed(),
      substitution: choice?.substitution ?? 'ASK',
      note: choice?.note ?? null,
    },
    lines: lines.map(draftLine),
  };
}

const draftLine = ({ line, quoted, amounts }: Quoted, index: number): DraftLine => ({
  position: index + 1,
  offerId: quoted.offerId,
  productSku: quoted.productSku,
  supplierSku: quoted.supplierSku,
  gtin: quoted.gtin,
  name: quoted.name,
  unit: quoted.unit,
  baseUnit: quoted.baseUnit,
  packSize: quoted.packSize,
  quantity: line.quantity,
  priceAmount: quoted.price.amount,
  taxRate: quoted.taxRate,
  taxIncluded: quoted.taxIncluded,
  catchWeight: quoted.catchWeight,
  goodsAmount: amounts.goods.toFixed(),
  taxAmount: amounts.tax.toFixed(),
  totalAmount: amounts.total.toFixed(),
  note: line.note,
});

type Sums = Pick<SupplierOrderEntity, 'goodsAmount' | 'deliveryAmount' | 'taxAmount' | 'totalAmount'>;

/** What parts come to together. */
export function sumParts(parts: readonly Sums[]): Sums {
  const sum = (field: keyof Sums) => parts.reduce((total, part) => total.plus(part[field]), new Decimal(0)).toFixed();
  return {
    goodsAmount: sum('goodsAmount'),
    deliveryAmount: sum('deliveryAmount'),
    taxAmount: sum('taxAmount'),
    totalAmount: sum('totalAmount'),
  };
}

import { Decimal } from 'decimal.js';
import type { OfferEntity } from '../offer/offer.entity.ts';
import type { OfferPriceEntity } from '../price/offer-price.entity.ts';
import type { SupplierEntity } from '../supplier/supplier.entity.ts';
import type { ListPrice, OfferRow, OfferValues } from './offer-row.rules.ts';

export type Outcome = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'STALE' | 'REJECTED';

/** What a row makes of an offer. */
export interface OfferPlan {
  readonly outcome: Exclude<Outcome, 'REJECTED'>;
  readonly supplierSku: string;
  /** All of the row to be written; null where nothing of it changes. */
  readonly offer: (OfferValues & Pick<OfferEntity, 'removedAt' | 'observedAt'>) | null;
  /** The list prices to be written; null where they stay. */
  readonly prices: readonly ListPrice[] | null;
}

const decimals = new Set<string>(['packSize', 'multiple', 'minimumQuantity', 'taxRate', 'stock']);

function isSame(field: string, one: unknown, other: unknown): boolean {
  if (one === null || other === null || one === undefined || other === undefined)
    return (one ?? null) === (other ?? null);
  if (decimals.has(field)) return new Decimal(String(one)).eq(String(other));
  return one instanceof Date && other instanceof Date ? one.getTime() === other.getTime() : one === other;
}

/** A price as a text that is the same for the same price. */
const keyOf = ({ fromQuantity, amount, validFrom, validUntil }: ListPrice): string =>
  [new Decimal(fromQuantity), new Decimal(amount), validFrom?.toISOString(), validUntil?.toISOString()].join(' ');

const areSame = (one: readonly ListPrice[], other: readonly ListPrice[]): boolean =>
  one.map(keyOf).toSorted().join() === other.map(keyOf).toSorted().join();

const defaultsOf = ({ taxRate, taxIncluded }: SupplierEntity) => ({
  ...{ productSku: null, gtin: null, name: '', description: null, unit: 'pack', baseUnit: 'PIECE', packSize: '1' },
  ...{ multiple: '1', minimumQuantity: '1', taxRate, taxIncluded, catchWeight: false, leadTimeDays: 0 },
  ...{ isAvailable: true, stock: null, availabilityUntil: null, imageUrl: null },
});

/** When a batch is applied, and when it was read from its source, where it says so. */
export interface BatchTime {
  readonly now: Date;
  readonly observedAt: Date | null;
}

/** What becomes of an offer by a row; `known` and its list prices are as they are stored. */
export function planOffer(
  row: OfferRow,
  supplier: SupplierEntity,
  known: OfferEntity | undefined,
  knownPrices: readonly OfferPriceEntity[],
  { now, observedAt }: BatchTime,
): OfferPlan {
  const { supplierSku, values } = row;
  if (observedAt && known?.observedAt && observedAt < known.observedAt)
    return { outcome: 'STALE', supplierSku, offer: null, prices: null };
  // An offer that nobody knows is off the list already.
  if (!known && row.removed) return { outcome: 'UNCHANGED', supplierSku, offer: null, prices: null };
  const before = (known ?? defaultsOf(supplier)) as OfferValues;
  const removedAt = row.removed ? (known?.removedAt ?? now) : null;
  const differs = Object.entries(values).some(
    ([field, value]) => !isSame(field, value, before[field as keyof OfferValues]),
  );
  const isMoved = known !== undefined && (known.removedAt === null) !== (removedAt === null);
  const isWritten = !known || differs || isMoved;
  const prices = row.prices && !areSame(row.prices, knownPrices) ? row.prices : null;
  const outcome = known ? (isWritten || prices ? 'UPDATED' : 'UNCHANGED') : 'CREATED';
  const written = { ...before, ...values, supplierSku, removedAt, observedAt: observedAt ?? now };
  return { outcome, supplierSku, offer: isWritten ? written : null, prices };
}

import { Decimal } from 'decimal.js';
import type { BaseUnitName, OfferEntity } from '../offer/offer.entity.ts';

type Packed = Pick<OfferEntity, 'baseUnit' | 'packSize' | 'multiple' | 'minimumQuantity'>;
type Taxed = Pick<OfferEntity, 'taxRate' | 'taxIncluded'>;

const gramsOfKilogram = 1_000;

/**
 * How much of the wanted unit a pack has. Pieces and kilograms are each other's measure where the weight of a piece is known;
 * null where they cannot be compared.
 */
export function contentsIn(
  { baseUnit, packSize }: Pick<OfferEntity, 'baseUnit' | 'packSize'>,
  unit: BaseUnitName,
  weightGrams: string | null,
): Decimal | null {
  const size = new Decimal(packSize);
  if (baseUnit === unit) return size;
  const kilograms = new Decimal(weightGrams ?? 0).div(gramsOfKilogram);
  if (kilograms.lte(0)) return null;
  if (baseUnit === 'PIECE' && unit === 'KILOGRAM') return size.mul(kilograms);
  return baseUnit === 'KILOGRAM' && unit === 'PIECE' ? size.div(kilograms) : null;
}

/** How many packs to order for a quantity: up to the next multiple, and no less than the supplier lets go. */
export function packsFor(offer: Packed, contents: Decimal, wanted: Decimal | null): Decimal {
  const needed = Decimal.max(wanted === null ? 0 : wanted.div(contents), offer.minimumQuantity);
  return needed.div(offer.multiple).ceil().mul(offer.multiple);
}

/** An amount without the tax in it. */
export const withoutTax = (amount: Decimal, { taxRate, taxIncluded }: Taxed): Decimal =>
  taxIncluded ? amount.div(new Decimal(taxRate).div(100).add(1)) : amount;

/** What a base unit comes to, of the quantity asked for; without one, of what is bought. */
export const perBaseUnit = (net: Decimal, packs: Decimal, contents: Decimal, wanted: Decimal | null): Decimal =>
  net.div(wanted ?? packs.mul(contents));

import type { HouseClient } from '../house/house.client.ts';
import type { OfferEntity } from '../offer/offer.entity.ts';
import type { OfferRow } from './offer-row.rules.ts';

/** Numbers that each company gives by itself mean other goods at each (GS1 General Specifications, section 1.4). */
const isRestricted = (gtin: string): boolean => (gtin.length === 8 ? /^[02]/ : /^(2|0[24])/).test(gtin);

/** A GTIN as it stands on goods: 13 digits, where one of 14 is the same number with a zero before it. */
const barcodeOf = (gtin: string): string => gtin.replace(/^0(?=\d{13}$)/, '');

/** What the row's goods are known by, where it names none itself and its offer stands for none yet. */
function barcodeToMatch({ values }: OfferRow, known: OfferEntity | undefined): string | null {
  if (!values.gtin || values.productSku !== undefined || known?.productSku) return null;
  const barcode = barcodeOf(values.gtin);
  return isRestricted(barcode.padStart(barcode.length === 12 ? 13 : 0, '0')) ? null : barcode;
}

/**
 * Finds the catalogue's goods of rows that say only their GTIN: by barcode, and where one good alone has it. Asked once
 * for all.
 * @returns SKUs of goods, by the rows' own codes.
 */
export async function matchGoods(
  rows: readonly OfferRow[],
  known: ReadonlyMap<string, OfferEntity>,
  house: HouseClient,
): Promise<Map<string, string>> {
  const wanted = new Map(
    rows.flatMap((row) => {
      const barcode = barcodeToMatch(row, known.get(row.supplierSku));
      return barcode ? [[row.supplierSku, barcode] as const] : [];
    }),
  );
  const found = await house.matchBarcodes([...new Set(wanted.values())]);
  return new Map(
    [...wanted].flatMap(([supplierSku, barcode]) => {
      const sku = found.get(barcode);
      return sku ? [[supplierSku, sku] as const] : [];
    }),
  );
}

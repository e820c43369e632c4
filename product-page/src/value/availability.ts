import type { AvailabilityName } from '../reading.ts';

/** The terms of schema.org's ItemAvailability and of the product feeds, without spaces, dashes and case. */
const terms: Readonly<Record<string, AvailabilityName>> = {
  instock: 'IN_STOCK',
  limitedavailability: 'IN_STOCK',
  instoreonly: 'IN_STOCK',
  onlineonly: 'IN_STOCK',
  availablefororder: 'IN_STOCK',
  available: 'IN_STOCK',
  madetoorder: 'IN_STOCK',
  outofstock: 'OUT_OF_STOCK',
  soldout: 'OUT_OF_STOCK',
  oos: 'OUT_OF_STOCK',
  unavailable: 'OUT_OF_STOCK',
  notavailable: 'OUT_OF_STOCK',
  reserved: 'OUT_OF_STOCK',
  preorder: 'PRE_ORDER',
  presale: 'PRE_ORDER',
  backorder: 'PRE_ORDER',
  sold: 'SOLD',
  discontinued: 'DISCONTINUED',
};

/** What a page says of its stock in terms that a machine is meant to read; null for any other text. */
export function readAvailability(text: string): AvailabilityName | null {
  const term = text
    .trim()
    .replace(/^(https?:\/\/(www\.)?schema\.org\/|schema:)/i, '')
    .replace(/[\s_/-]+/g, '')
    .toLowerCase();
  return Object.hasOwn(terms, term) ? (terms[term] ?? null) : null;
}

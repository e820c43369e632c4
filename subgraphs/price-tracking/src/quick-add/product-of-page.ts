import type { PageCheck } from '../check/page-check.ts';
import { readGtin } from '../tracked-product/gtin.ts';
import type { NewTrackedProduct } from '../tracked-product/tracked-product.repository.ts';
import { longestName } from '../tracked-product/tracked-product.rules.ts';

/** A name that an address gives where its page gave none. */
function nameOfAddress(address: string): string {
  const { host, pathname } = new URL(address);
  return `${host}${pathname === '/' ? '' : pathname}`;
}

const cut = (text: string): string =>
  [...text].slice(0, longestName).join('').slice(0, longestName).toWellFormed().trim();

/** What a page says of its product. */
export function productOfPage(
  ownerId: string,
  address: string,
  check: PageCheck | null,
  name?: string | null,
): NewTrackedProduct {
  const reading = check?.reading;
  const { gtin = null, image = null, condition = null, size = null } = reading ?? {};
  return {
    ownerId,
    name: cut(name?.trim() || reading?.title?.trim() || nameOfAddress(address)),
    gtin: gtin && readGtin(gtin),
    imageUrl: image,
    condition,
    size: size && cut(size).slice(0, 50),
  };
}

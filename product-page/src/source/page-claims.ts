import type { Claims } from '../claims.ts';
import type { PageDocument } from '../document/page-document.ts';
import type { PriceTextRules } from '../price-text/price-kind.ts';
import { mainProduct } from '../thing/main-product.ts';
import { nameKey, pageHints } from '../thing/page-hints.ts';
import { productClaims } from '../thing/product-claims.ts';
import type { Thing } from '../thing/thing.ts';
import { jsonLdThings } from './json-ld.ts';
import { microdataThings, rdfaThings } from './markup.ts';
import { readMeta } from './meta.ts';
import { isStruck } from './struck-price.ts';

const thingSources: readonly (readonly [name: string, find: (page: PageDocument) => Thing[]])[] = [
  ['json-ld', jsonLdThings],
  ['microdata', microdataThings],
  ['rdfa', rdfaThings],
];

/** A source without a price that the page itself shows as an old one. */
function withoutStruck(claims: Claims, page: PageDocument, rules: PriceTextRules): Claims {
  if (claims.price === null || !isStruck(claims.price, page, rules)) return claims;
  return { ...claims, price: null, rivals: [], oldPrice: null };
}

/** What a page says of its own product, the surest source first. */
export function pageClaims(page: PageDocument, rules: PriceTextRules): Claims[] {
  let hints = pageHints(page);
  const claims: Claims[] = [];
  for (const [name, find] of thingSources) {
    const product = mainProduct(find(page), hints);
    if (product === null) continue;
    const claim = productClaims(name, product, page.base, hints, rules);
    claims.push(claim);
    if (hints.known === null && claim.title !== null) hints = { ...hints, known: nameKey(claim.title) };
  }
  return [...claims, readMeta(page, rules)].map((one) => withoutStruck(one, page, rules));
}

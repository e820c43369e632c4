import type { Claims } from '../claims.ts';
import type { PageToRead } from '../reading.ts';
import { adapterFor } from './adapter-for.ts';
import { claimsOf } from './market-adapter.ts';

/** The page's own sources without what its site does not mean: the data of a marketplace alone say what it asks. */
function withoutPrices(claims: Claims, isPlaceholder: (amount: string) => boolean): Claims {
  const isMeant = claims.price === null || !isPlaceholder(claims.price.amount);
  return isMeant ? claims : { ...claims, price: null, oldPrice: null, rivals: [] };
}

/** What a marketplace's own data say goes before what its page says to all; other sites' claims stay as they are. */
export function adaptClaims(page: PageToRead, said: readonly Claims[]): readonly Claims[] {
  const adapter = adapterFor(page.url);
  if (adapter === null) return said;
  const own = adapter.readProduct(page);
  if (own === null) return said.map((one) => withoutPrices(one, (amount) => adapter.noPrices.includes(amount)));
  return [claimsOf(adapter.name, own), ...said.map((one) => withoutPrices(one, () => true))];
}

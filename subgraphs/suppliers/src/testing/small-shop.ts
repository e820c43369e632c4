import type { SubgraphTransport } from '@gastronom/shared/subgraph';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import type { HouseProduct } from '../house/house.client.ts';

export interface ShopGood extends Partial<Omit<HouseProduct, 'sku'>> {
  readonly sku: string;
  readonly available?: string;
}

const bare = {
  barcode: null,
  description: null,
  unit: 'шт',
  weightGrams: null,
  isAvailable: true,
  categoryPath: [],
  price: null,
  imageUrl: null,
} as const;

/** A catalogue and a stock that know these goods. Goods may be added and changed while it is asked. */
export function smallShop(goods: ShopGood[]): Record<'catalog' | 'inventory', SubgraphTransport> {
  const find = (sku: string) => goods.find((good) => good.sku === sku);
  const catalog = fakeSubgraph(async ({ query, variables }) => {
    if (query.includes('matchProducts')) {
      const matchProducts = ((variables?.rows ?? []) as { barcode: string }[]).map(({ barcode }) => {
        const sharing = goods.filter((good) => good.barcode === barcode);
        return { sku: sharing[0]?.sku ?? barcode, known: sharing.length === 1, error: null };
      });
      return { data: { matchProducts } };
    }
    const known = ((variables?.skus ?? []) as string[]).map(find).filter((good) => good !== undefined);
    const productsForOffers = known.map(({ available: _, ...good }) => ({ ...bare, name: good.sku, ...good }));
    return { data: { productsForOffers } };
  });
  const inventory = fakeSubgraph(async ({ variables }) => {
    const wanted = (variables?.goods ?? []) as { sku: string }[];
    return { data: { availableForOffers: wanted.map(({ sku }) => ({ sku, available: find(sku)?.available ?? '0' })) } };
  });
  return { catalog, inventory };
}

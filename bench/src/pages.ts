import { ask } from './graph.ts';

/** What a storefront asks for one of its pages. */
export interface Page {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a storefront has, and shoppers open. */
export type PageKind = 'list' | 'category' | 'search' | 'product';

const card = `id sku name price { amount currencyCode } isAvailable
      availability { status availableOnline asOf isStale }`;

export const listDocument = `query List($first: Int, $after: String) {
  products(first: $first, after: $after) {
    nodes { ${card} }
    pageInfo { hasNextPage endCursor }
  }
}`;

const categoryDocument = `query CategoryPage($id: ID!) {
  category(id: $id) { id name path { id name } }
  products(first: 20, sort: PRICE_ASC, filter: { categoryId: $id }) {
    nodes { ${card} }
    pageInfo { hasNextPage endCursor }
  }
}`;

const searchDocument = `query SearchPage($text: String!) {
  products(first: 20, filter: { text: $text }) {
    nodes { ${card} }
    pageInfo { hasNextPage endCursor }
  }
}`;

const productDocument = `query ProductPage($sku: String!) {
  product(sku: $sku) {
    ${card} description brand barcode weightGrams unit tags
    images { url position }
    nutrition { energyKcal proteins fat carbohydrates sugars }
    category { id name path { id name } }
    bestOffer { total { amount currencyCode } pricePerBaseUnit { amount currencyCode } baseUnit offer { id supplier { id name } } }
    offers(first: 5) { nodes { id name unit packSize isAvailable leadTimeDays supplier { id name } } }
  }
}`;

interface Shelf {
  readonly products: {
    readonly nodes: readonly { readonly sku: string; readonly name: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

/** So many different pages of each kind, at most, of the goods that are there. */
export async function pagesOf(url: string, most: number): Promise<Record<PageKind, Page[]>> {
  const lists: Page[] = [];
  const goods: Shelf['products']['nodes'][number][] = [];
  for (let after: string | null = null; lists.length < most; ) {
    const page: Page = { query: listDocument, variables: { first: 20, after } };
    lists.push(page);
    const { products }: Shelf = await ask<Shelf>(url, page.query, page.variables);
    goods.push(...products.nodes);
    if (!products.pageInfo.hasNextPage) break;
    after = products.pageInfo.endCursor;
  }
  const { categories } = await ask<{ categories: { id: string }[] }>(url, '{ categories { id } }', {});
  const every = goods.filter((_, index) => index % Math.max(1, Math.floor(goods.length / most)) === 0).slice(0, most);
  const wordOf = (name: string): string => name.split(/[^\p{L}]+/u).find((word) => word.length > 3) ?? name;
  return {
    list: lists,
    category: categories.slice(0, most).map(({ id }) => ({ query: categoryDocument, variables: { id } })),
    search: every.map(({ name }) => ({ query: searchDocument, variables: { text: wordOf(name) } })),
    product: every.map(({ sku }) => ({ query: productDocument, variables: { sku } })),
  };
}

import { type CursorValue, foreignCursor } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { isMoment } from '../moment.ts';
import type { ListedProduct } from './product.entity.ts';
import { ProductSort } from './product.inputs.ts';

/** One order of a list: the column that it follows, and how a cursor carries it. Ids settle what is equal. */
export interface ProductOrder {
  /** The column, of `products` or of the search’s ranks. */
  readonly key: 'sort_name' | 'sale_price' | 'created_at' | 'rank';
  readonly keyType: string;
  readonly direction: 'ASC' | 'DESC';
  readonly idDirection: 'ASC' | 'DESC';
  /** Whether the key may be null; such rows come last in either direction. */
  readonly nullable: boolean;
  readonly cursorValue: (product: ListedProduct) => string | number | null;
}

const order = (
  key: ProductOrder['key'],
  keyType: string,
  direction: 'ASC' | 'DESC',
  cursorValue: ProductOrder['cursorValue'],
): ProductOrder => ({ key, keyType, direction, idDirection: direction, nullable: key === 'sale_price', cursorValue });

const newest = order('created_at', 'timestamptz', 'DESC', ({ createdAt }) => createdAt.toISOString());

const orders: Readonly<Record<ProductSort, ProductOrder>> = {
  NAME_ASC: order('sort_name', 'text', 'ASC', ({ sortName }) => sortName ?? null),
  NAME_DESC: order('sort_name', 'text', 'DESC', ({ sortName }) => sortName ?? null),
  PRICE_ASC: order('sale_price', 'numeric', 'ASC', ({ priceAmount }) => priceAmount),
  PRICE_DESC: order('sale_price', 'numeric', 'DESC', ({ priceAmount }) => priceAmount),
  NEWEST: newest,
  RELEVANCE: { ...order('rank', 'integer', 'DESC', ({ rank }) => rank ?? 0), idDirection: 'ASC' },
};

/** The sort that a list takes: relevance means something only where there is text to be relevant to. */
export function chooseSort(sort: ProductSort | null | undefined, hasText: boolean): ProductSort {
  const wanted = sort ?? ProductSort.RELEVANCE;
  return wanted === ProductSort.RELEVANCE && !hasText ? ProductSort.NEWEST : wanted;
}

export const orderOf = (sort: ProductSort): ProductOrder => orders[sort];

/** The row behind which a page begins. */
export interface ProductPlace {
  readonly key: string | number | null;
  readonly id: string;
}

const fits: Readonly<Record<ProductOrder['key'], (value: CursorValue) => boolean>> = {
  sort_name: (value) => typeof value === 'string' && !value.includes('\0'),
  sale_price: (value) => value === null || (typeof value === 'string' && /^-?\d{1,16}(\.\d{1,6})?$/.test(value)),
  created_at: isMoment,
  rank: (value) => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31,
};

/** Reads a decoded cursor as a place in the order; one that was made up is refused, before SQL sees it. */
export function readPlace({ key }: ProductOrder, [value = null, id]: readonly CursorValue[]): ProductPlace {
  if (typeof id === 'string' && isUUID(id) && fits[key](value) && typeof value !== 'boolean') return { key: value, id };
  throw foreignCursor();
}

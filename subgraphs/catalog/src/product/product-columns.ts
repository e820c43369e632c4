import { askedFields } from '@gastronom/shared/asked-fields';
import type { FieldNode, GraphQLResolveInfo } from 'graphql';

/** Columns of `products p LEFT JOIN categories c`, under the names of the row that resolvers see. */
interface ColumnGroup {
  readonly columns: string;
  /** Fields of `Product` that are told of these columns, and of those that are always there. */
  readonly fields: readonly string[];
}

const always: ColumnGroup = {
  columns: `p.id, p.sku, p.display_name AS name, p.sale_price AS "priceAmount",
    coalesce(p.currency_override, p.currency) AS "priceCurrency", p.is_available AS "isAvailable",
    coalesce(c.path_ids, '{}') AS "categoryPath", p.created_at AS "createdAt"`,
  fields: ['__typename', 'id', 'sku', 'name', 'price', 'isAvailable', 'categoryPath', 'createdAt', 'isFavourite'],
};
const label: ColumnGroup = {
  columns: 'p.barcode, p.brand, p.weight_grams AS "weightGrams", p.unit, p.tags, p.category_id AS "categoryId"',
  fields: ['barcode', 'brand', 'weightGrams', 'unit', 'tags', 'category'],
};
const pictures: ColumnGroup = {
  columns: 'p.image_urls AS "imageUrls", p.image_order AS "imageOrder"',
  fields: ['images'],
};
/** Whatever is in no other group may be told of these. */
const rest: ColumnGroup = {
  columns: `coalesce(p.description_override, p.description) AS description,
    p.energy_kcal AS "energyKcal", p.carbohydrates, p.fat, p.proteins, p.sugars,
    p.switched_off_reason AS "unavailableReason", p.hidden_reason AS "hiddenReason",
    p.name_override AS "nameOverride", p.description_override AS "descriptionOverride",
    p.price_override AS "priceOverride", p.currency_override AS "currencyOverride",
    p.updated_at AS "updatedAt", p.last_synced_at AS "lastSyncedAt"`,
  fields: [],
};

const groups = [always, label, pictures, rest];
const groupOf = new Map(groups.flatMap((group) => group.fields.map((field) => [field, group] as const)));
const columnsOf = (wanted: readonly ColumnGroup[]): string => wanted.map(({ columns }) => columns).join(', ');

/** All of them. */
export const productColumns = columnsOf(groups);

/** Remembered by the place in the document, which is kept for as long as its operation is. */
const known = new WeakMap<FieldNode, string>();

/**
 * What a list has to read for the fields that are asked of its goods. Reading a row, and making an object of it, costs by
 * the column: a page that shows names and prices takes half of what whole rows take.
 */
export function listedColumns(info: GraphQLResolveInfo): string {
  const [place, ...others] = info.fieldNodes;
  const remembered = place && others.length === 0 ? known.get(place) : undefined;
  if (remembered) return remembered;
  const wanted = new Set([always]);
  for (const field of askedFields(info, ['nodes'], ['edges', 'node'])) wanted.add(groupOf.get(field) ?? rest);
  const columns = columnsOf(groups.filter((group) => wanted.has(group)));
  if (place && others.length === 0) known.set(place, columns);
  return columns;
}

import { Field, InputType, Int } from 'type-graphql';
import { LooseDecimal } from '../loose-decimal.ts';
import type { CategoryFields } from '../row/category-row.ts';
import type { NutritionFields, ProductFields } from '../row/product-row.ts';
import type { StockFields } from '../row/stock-row.ts';
import type { WarehouseFields } from '../row/warehouse-row.ts';

@InputType({
  description:
    'What 100 g of the goods hold, as the label says. A field left out stays as it is, null clears it. Up to 999,999,999.999 each, not below zero: else OUT_OF_RANGE.',
})
export class NutritionInput implements NutritionFields {
  @Field(() => LooseDecimal, { nullable: true, description: 'Energy in kilocalories.' })
  energyKcal?: unknown;

  @Field(() => LooseDecimal, { nullable: true, description: 'Carbohydrates in grams.' })
  carbohydrates?: unknown;

  @Field(() => LooseDecimal, { nullable: true, description: 'Fat in grams.' })
  fat?: unknown;

  @Field(() => LooseDecimal, { nullable: true, description: 'Proteins in grams.' })
  proteins?: unknown;

  @Field(() => LooseDecimal, { nullable: true, description: 'Sugars in grams.' })
  sugars?: unknown;
}

@InputType({
  description:
    'One row of goods. A field left out stays as it is; null, or a blank text, clears it. Texts may hold HTML entities, no-break spaces and the like: they are cleaned.',
})
export class ProductSyncItem implements ProductFields {
  @Field(() => String, {
    nullable: true,
    description:
      '1C’s nomenclature code: trimmed, leading zeros kept, at most 128 characters. Goods match by it; without it by barcode.',
  })
  sku?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Barcode as on the label, spaces allowed, at most 128 characters; a bad check digit is kept. Without a SKU it serves as one; if several goods have it, the row is rejected with AMBIGUOUS_BARCODE.',
  })
  barcode?: string | null;

  @Field(() => String, {
    description: 'Name, 1 to 500 characters. May be blank on a removed row only: else MISSING_NAME.',
  })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Description, at most 20,000 characters; lines are kept.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Brand, at most 200 characters.' })
  brand?: string | null;

  @Field(() => LooseDecimal, {
    nullable: true,
    description:
      'Price of one unit, rounded to two decimals, up to 999,999,999,999.99. A currency may stand beside it: `"12,50 руб."`, `"₸ 500"`. Below zero: NEGATIVE_PRICE.',
  })
  price?: unknown;

  @Field(() => String, {
    nullable: true,
    description:
      'ISO 4217 code; 1C’s RUR is RUB. A price without one is in the shop’s own currency (the setting DEFAULT_CURRENCY).',
  })
  currency?: string | null;

  @Field(() => LooseDecimal, { nullable: true, description: 'Weight of one unit in grams, up to 999,999,999.999.' })
  weightGrams?: unknown;

  @Field(() => String, {
    nullable: true,
    description: 'What the quantity counts, as `шт` or `кг`: at most 32 characters.',
  })
  unit?: string | null;

  @Field(() => NutritionInput, { nullable: true, description: 'What 100 g hold. Null clears all of it.' })
  nutrition?: NutritionInput | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Names of the groups that the goods are in, root first: at most 8, each at most 200 characters. Groups that are new are made.',
  })
  categoryPath?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Addresses of pictures, http or https, or `sha256:` with the hash of one that was sent to `/api/v1/integrations/images`: at most 20. They take the place of those of the last sync.',
  })
  imageUrls?: string[] | null;

  @Field(() => LooseDecimal, {
    nullable: true,
    description:
      'How much lies in the warehouse, rounded to three decimals; below zero is kept as it came and counts as none. Left out, null or blank: the stock stays as it is.',
  })
  stockQuantity?: unknown;

  @Field(() => String, {
    nullable: true,
    description:
      '1C’s id of the warehouse that `stockQuantity` is of: `1`, `001` and `000000001` are one. Left out: the run’s warehouse, else the default one. Unknown: UNKNOWN_WAREHOUSE.',
  })
  warehouse?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True says that 1C dropped the goods: they are hidden, never deleted. A later row without it shows them again.',
  })
  removed?: boolean | null;
}

@InputType({ description: 'A count of goods.' })
export class StockSyncItem implements StockFields {
  @Field(() => String, { nullable: true, description: '1C’s nomenclature code of the goods.' })
  sku?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Barcode, by which the goods are found when `sku` is not given. Several goods with it: AMBIGUOUS_BARCODE.',
  })
  barcode?: string | null;

  @Field(() => LooseDecimal, {
    description: 'How much there is, rounded to three decimals; below zero is kept as it came and counts as none.',
  })
  quantity!: unknown;
}

@InputType({ description: 'A group of goods, with those above it.' })
export class CategorySyncItem implements CategoryFields {
  @Field(() => [String], {
    description: 'Names from the root down, its own last: 1 to 8, each at most 200 characters.',
  })
  path!: string[];

  @Field(() => String, {
    nullable: true,
    description:
      '1C’s id of the group, at most 100 characters. A known id with another path renames or moves the group.',
  })
  externalId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its place among its siblings, smallest first.' })
  sortOrder?: number | null;
}

@InputType({ description: 'A warehouse that an export names.' })
export class WarehouseSyncItem implements WarehouseFields {
  @Field(() => String, { description: '1C’s id of the warehouse, as `001` or a GUID: at most 100 characters.' })
  externalId!: string;

  @Field(() => String, { description: 'What people call it: 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Where it stands, at most 500 characters; null clears it.' })
  address?: string | null;
}

import { Decimal } from '@gastronom/shared/scalars';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';

export enum ProductSort {
  RELEVANCE = 'RELEVANCE',
  NAME_ASC = 'NAME_ASC',
  NAME_DESC = 'NAME_DESC',
  PRICE_ASC = 'PRICE_ASC',
  PRICE_DESC = 'PRICE_DESC',
  NEWEST = 'NEWEST',
}
registerEnumType(ProductSort, {
  name: 'ProductSort',
  description: 'Order of a list of goods. Equal goods follow in the order of their ids.',
  valuesConfig: {
    RELEVANCE: { description: 'Best match of `filter.text` first; NEWEST where no text is given.' },
    NAME_ASC: { description: 'By name, digits before Latin before Cyrillic; case, accents and ё do not count.' },
    NAME_DESC: { description: 'By name, backwards.' },
    PRICE_ASC: {
      description: 'Cheapest first, goods without a price last. Amounts are compared whatever their currency.',
    },
    PRICE_DESC: {
      description: 'Dearest first, goods without a price last. Amounts are compared whatever their currency.',
    },
    NEWEST: { description: 'Those that came last first.' },
  },
});

@InputType({ description: 'Which goods. Goods must meet every condition that is given.' })
export class ProductFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words to search for in name, brand, category and description: any word form, Cyrillic or Latin (`grechka` finds «гречка»), typing errors forgiven when little is found. The last word may be unfinished. A barcode or sku is found exactly, spaces and dashes ignored. The first 200 characters count.',
  })
  text?: string | null;

  @Field(() => ID, { nullable: true, description: 'Goods of this category and of those below it.' })
  categoryId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Goods that are offered (`isAvailable`), or those that are not.',
  })
  available?: boolean | null;

  @Field(() => Decimal, { nullable: true, description: 'Lowest price, included. Goods without a price are left out.' })
  minPrice?: string | null;

  @Field(() => Decimal, { nullable: true, description: 'Highest price, included. Goods without a price are left out.' })
  maxPrice?: string | null;

  @Field(() => String, { nullable: true, description: 'Goods that carry this tag.' })
  tag?: string | null;

  @Field(() => [String], { nullable: true, description: 'Goods with one of these barcodes: at most 100.' })
  barcodes?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Also goods that 1C dropped. For staff: others get FORBIDDEN.',
  })
  includeHidden?: boolean | null;
}

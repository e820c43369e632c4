import { Decimal } from '@gastronom/shared/scalars';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { ContentUnitName, TrackedProductEntity } from './tracked-product.entity.ts';
import { ContentUnit, ItemCondition } from './tracked-product.type.ts';

@InputType({ description: 'A price that somebody waits for.' })
export class TargetPriceInput {
  @Field(() => Decimal, { description: 'The amount: above 0, with at most four digits after the point.' })
  amount!: string;

  @Field(() => String, {
    description: 'ISO 4217 code, as `SEK`. Prices in other currencies are never compared with it.',
  })
  currencyCode!: string;
}

/** What may be said of a product, when it is made and later. */
@InputType()
abstract class TrackedProductDetailsInput {
  @Field(() => String, { nullable: true, description: 'Its barcode: a GTIN of 8, 12, 13 or 14 digits.' })
  gtin?: string | null;

  @Field(() => String, { nullable: true, description: 'Where a picture of it is: an http or https address.' })
  imageUrl?: string | null;

  @Field(() => ItemCondition, { nullable: true, description: 'Its condition, where it is one used thing.' })
  condition?: TrackedProductEntity['condition'];

  @Field(() => String, { nullable: true, description: 'Its size: at most 50 characters.' })
  size?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'How much one piece holds: above 0, with at most three digits after the point. It needs its unit.',
  })
  contentAmount?: string | null;

  @Field(() => ContentUnit, { nullable: true, description: 'What `contentAmount` is measured in.' })
  contentUnit?: ContentUnitName | null;

  @Field(() => TargetPriceInput, {
    nullable: true,
    description: 'The price that its owner waits for. An alert is made for it, where there is none of a target.',
  })
  targetPrice?: TargetPriceInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether its owner holds it dear; not by default.' })
  isFavourite?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Notes: at most 5,000 characters.' })
  notes?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Names of its tags, at most 50: they take the place of those that it has. New ones are made.',
  })
  tags?: string[] | null;
}

@InputType({ description: 'A product whose price is to be watched. Its pages are added by `addTrackedUrl`.' })
export class CreateTrackedProductInput extends TrackedProductDetailsInput {
  @Field(() => String, { description: 'What it is called: 1 to 300 characters.' })
  name!: string;
}

@InputType({ description: 'What is to change of a tracked product; what is left out stays, null empties.' })
export class UpdateTrackedProductInput extends TrackedProductDetailsInput {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it is called: 1 to 300 characters.' })
  name?: string | null;
}

/** What either says. */
export type TrackedProductWish = Omit<UpdateTrackedProductInput, 'id'>;

export enum TrackedProductSort {
  NEWEST = 'NEWEST',
  NAME = 'NAME',
  PRICE = 'PRICE',
}
registerEnumType(TrackedProductSort, {
  name: 'TrackedProductSort',
  description: 'In which order tracked products are listed.',
  valuesConfig: {
    NEWEST: { description: 'Those that are watched since last first.' },
    NAME: { description: 'By name.' },
    PRICE: {
      description: 'By currency, and in it the lowest price of the primary page first; those without a price last.',
    },
  },
});

@InputType({ description: 'Which tracked products to list; all conditions hold together.' })
export class TrackedProductFilter {
  @Field(() => ID, { nullable: true, description: 'With this tag (UUID).' })
  tagId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Favourites alone, or all others.' })
  isFavourite?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'With a page in this store (UUID).' })
  storeId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the name contains, case does not matter; or the whole SKU or barcode.',
  })
  text?: string | null;
}

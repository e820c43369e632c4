import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { HiddenReason, ProductEntity } from './product.entity.ts';

export enum ProductHiddenReason {
  REMOVED = 'REMOVED',
  NOT_IN_SNAPSHOT = 'NOT_IN_SNAPSHOT',
}
registerEnumType(ProductHiddenReason, {
  name: 'ProductHiddenReason',
  description: 'Why 1C’s goods are hidden. Hidden goods are in no list, and are never deleted: orders point at them.',
  valuesConfig: {
    REMOVED: { description: '1C marked them as removed.' },
    NOT_IN_SNAPSHOT: { description: 'A complete export of their source did not mention them.' },
  },
});

@SameForAll()
@ObjectType({ description: 'Nutrition facts per 100 g, as the label has them. What the label does not say is null.' })
export class Nutrition implements Pick<ProductEntity, 'energyKcal' | 'carbohydrates' | 'fat' | 'proteins' | 'sugars'> {
  @Field(() => Float, { nullable: true, description: 'Energy in kilocalories per 100 g.' })
  energyKcal!: string | null;

  @Field(() => Float, { nullable: true, description: 'Carbohydrates in grams per 100 g, sugars included.' })
  carbohydrates!: string | null;

  @Field(() => Float, { nullable: true, description: 'Fat in grams per 100 g.' })
  fat!: string | null;

  @Field(() => Float, { nullable: true, description: 'Proteins in grams per 100 g.' })
  proteins!: string | null;

  @Field(() => Float, { nullable: true, description: 'Sugars in grams per 100 g.' })
  sugars!: string | null;
}

@SameForAll()
@ObjectType({ description: 'A picture of the goods.' })
export class ProductImage {
  @Field(() => String, {
    description:
      'Where the picture lies: as 1C gave it, or with us where its bytes were sent. Ours come as AVIF or WebP to those who take them; with `/320.webp` behind, narrower ones.',
  })
  url!: string;

  @Field(() => Int, { description: 'Its place, from 0: the shop’s order where it set one, else 1C’s.' })
  position!: number;
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku")')
@ObjectType({ description: 'Goods that the shop sells, mirrored from 1C under what the shop itself has set.' })
export class Product
  implements
    Pick<
      ProductEntity,
      | 'id'
      | 'sku'
      | 'barcode'
      | 'name'
      | 'description'
      | 'brand'
      | 'weightGrams'
      | 'unit'
      | 'categoryPath'
      | 'tags'
      | 'isAvailable'
      | 'unavailableReason'
      | 'hiddenReason'
      | 'createdAt'
      | 'updatedAt'
      | 'lastSyncedAt'
    >
{
  @SameForAll()
  @Field(() => ID, { description: 'Our own id of the goods (UUID). It never changes.' })
  id!: string;

  @SameForAll()
  @Field(() => String, {
    description:
      '1C’s nomenclature code, leading zeros kept; the barcode where 1C gives no code. It changes only when goods known by their barcode get a code.',
  })
  sku!: string;

  @SameForAll()
  @Field(() => String, {
    nullable: true,
    description: 'Barcode as 1C has it. It may be missing, have a bad check digit, or stand on several goods.',
  })
  barcode!: string | null;

  @SameForAll()
  @Field(() => String, { description: 'The shop’s own name for the goods where it set one, else 1C’s.' })
  name!: string;

  @SameForAll()
  @Field(() => String, { nullable: true, description: 'The shop’s own description where it set one, else 1C’s.' })
  description!: string | null;

  @SameForAll()
  @Field(() => String, { nullable: true, description: 'Brand, as 1C has it.' })
  brand!: string | null;

  @SameForAll()
  @Field(() => Float, { nullable: true, description: 'Net weight in grams.' })
  weightGrams!: string | null;

  @SameForAll()
  @Field(() => String, {
    nullable: true,
    description: 'What one of the goods is counted in, as 1C prints it: `шт`, `кг`.',
  })
  unit!: string | null;

  @SameForAll()
  @Field(() => [ID], {
    description: 'Ids of the category and its ancestors, nearest first; empty for goods without a category.',
  })
  categoryPath!: string[];

  @SameForAll()
  @Field(() => [String], { description: 'The shop’s own labels, in alphabetical order. A sync never touches them.' })
  tags!: string[];

  @SameForAll()
  @Field(() => Boolean, {
    description:
      'Whether the shop offers the goods at all: its switch is on and 1C has not dropped them. Says nothing of stock.',
  })
  isAvailable!: boolean;

  @SameForAll()
  @Field(() => String, {
    nullable: true,
    description:
      'Why the shop switched the goods off, in its own words; null while they are on, or when it gave no reason.',
  })
  unavailableReason!: string | null;

  @SameForAll()
  @Field(() => ProductHiddenReason, {
    nullable: true,
    description: 'Why the goods are in no list; null for goods that are.',
  })
  hiddenReason!: HiddenReason | null;

  @SameForAll()
  @Field(() => DateTime, { description: 'When the goods first came.' })
  createdAt!: Date;

  @SameForAll()
  @Field(() => DateTime, { description: 'When anything about the goods last changed, by a sync or by the shop.' })
  updatedAt!: Date;

  @SameForAll()
  @Field(() => DateTime, {
    nullable: true,
    description:
      'When a sync last wrote the goods. A sync that finds nothing changed writes nothing, and leaves this as it is.',
  })
  lastSyncedAt!: Date;
}

@SameForAll()
@ObjectType({ description: 'A page of goods.' })
export class ProductConnection extends connectionOf(Product, 'Product', { sameForAll: true }) {}

import type { ProductReading } from '@gastronom/product-page/reading';
import { Decimal } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, Int, ObjectType } from 'type-graphql';
import { ItemCondition } from '../tracked-product/tracked-product.type.ts';
import type { CheckOutcomeName } from '../tracked-url/tracked-url.entity.ts';
import { CheckOutcome, PageAvailability } from '../tracked-url/tracked-url.type.ts';
import { PageField } from './page-field.type.ts';
import type { FieldSelector } from './store.rules.ts';
import { storeTestError } from './store-test.errors.ts';

@ObjectType({ description: 'What one selector found on a page.' })
export class SelectorFinding implements FieldSelector {
  @Field(() => PageField, { description: 'What it is to find.' })
  field!: FieldSelector['field'];

  @Field(() => String, { description: 'The selector.' })
  selector!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What stands there, cut to 1,000 characters; null where nothing matched.',
  })
  text!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same as it would be kept, a price as a plain number; null where the text is none.',
  })
  value!: string | null;

  @Field(() => String, { nullable: true, description: 'What is wrong with the selector itself.' })
  error!: string | null;
}

@ObjectType({ description: 'Where a page said something of its product.' })
export class FieldSource {
  @Field(() => PageField, { description: 'What it said.' })
  field!: FieldSelector['field'];

  @Field(() => String, { description: 'Where: the selector, `json-ld`, `microdata`, `meta`, or an adapter’s name.' })
  source!: string;
}

@ObjectType({ description: 'What a page says of its product; null for what it does not say surely.' })
export class PageReading implements Omit<ProductReading, 'image' | 'sources'> {
  @Field(() => String, { nullable: true, description: 'What the product is called.' })
  title!: string | null;

  @Field(() => Decimal, { nullable: true, description: 'What it costs, in `currency`; 0 where the page says free.' })
  price!: string | null;

  @Field(() => Decimal, { nullable: true, description: 'What it cost before a reduction.' })
  oldPrice!: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code; null where neither page nor store says.' })
  currency!: string | null;

  @Field(() => String, { nullable: true, description: 'Address of its picture.' })
  imageUrl!: string | null;

  @Field(() => PageAvailability, { nullable: true, description: 'Whether it can be bought.' })
  availability!: ProductReading['availability'];

  @Field(() => String, { nullable: true, description: 'The number under its barcode.' })
  gtin!: string | null;

  @Field(() => String, { nullable: true, description: 'The store’s own code of it.' })
  sku!: string | null;

  @Field(() => String, { nullable: true, description: 'Who sells it there.' })
  seller!: string | null;

  @Field(() => ItemCondition, { nullable: true, description: 'How used it is.' })
  condition!: ProductReading['condition'];

  @Field(() => String, { nullable: true, description: 'Its size.' })
  size!: string | null;

  @Field(() => [FieldSource], { description: 'Where each of these was found.' })
  sources!: readonly FieldSource[];
}

@ObjectType({ description: 'What came of trying a store’s selectors on a page. Nothing of it is kept.' })
export class StoreTest {
  @Field(() => String, { description: 'The page’s address, after redirects.' })
  url!: string;

  @Field(() => CheckOutcome, { description: 'What would have come of looking at it as a tracked page.' })
  outcome!: CheckOutcomeName;

  @Field(() => String, { nullable: true, description: 'What went wrong, as `HTTP_503` or `NO_CURRENCY`.' })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in a sentence.' })
  error!: string | null;

  @Field(() => Int, { nullable: true, description: 'HTTP status of the answer; null where none came.' })
  status!: number | null;

  @Field(() => PageReading, {
    nullable: true,
    description: 'What the page says, as it would be kept; null where no page came.',
  })
  reading!: PageReading | null;

  @Field(() => [SelectorFinding], { description: 'What each selector found, in the order in which they are tried.' })
  findings!: readonly SelectorFinding[];

  @Field(() => [SelectorFinding], {
    description:
      'Selectors that may find what was not found: guesses for a person to choose from. They are used for nothing before a store has them.',
  })
  suggestions!: readonly SelectorFinding[];
}

@ObjectType({ description: 'What became of trying a store’s selectors.' })
export class TestStorePayload {
  @Field(() => StoreTest, { nullable: true, description: 'What came of it; null when the input was refused.' })
  test!: StoreTest | null;

  @Field(() => [UserError], { description: storeTestError.description })
  userErrors!: readonly UserError[];
}

import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import type { CheckOutcomeName, TrackedUrlEntity } from './tracked-url.entity.ts';
import { trackedUrlError } from './tracked-url.errors.ts';

export enum CheckOutcome {
  OK = 'OK',
  NO_PRICE = 'NO_PRICE',
  GONE = 'GONE',
  BLOCKED = 'BLOCKED',
  FETCH_ERROR = 'FETCH_ERROR',
}
registerEnumType(CheckOutcome, {
  name: 'CheckOutcome',
  description: 'What came of looking at a page. Only `OK` touches prices, their history and alerts.',
  valuesConfig: {
    OK: { description: 'It was read, with a price and its currency.' },
    NO_PRICE: { description: 'It was read, but says no price, or not in which currency.' },
    GONE: { description: 'The store has it no more.' },
    BLOCKED: { description: 'The store did not let us: its robots.txt, a wall against machines, or a sign-in.' },
    FETCH_ERROR: { description: 'The store did not answer, or with something that is no page.' },
  },
});

export enum PageAvailability {
  IN_STOCK = 'IN_STOCK',
  OUT_OF_STOCK = 'OUT_OF_STOCK',
  PRE_ORDER = 'PRE_ORDER',
  SOLD = 'SOLD',
  DISCONTINUED = 'DISCONTINUED',
}
registerEnumType(PageAvailability, {
  name: 'PageAvailability',
  description: 'Whether a store sells what its page shows, as the page says.',
  valuesConfig: {
    IN_STOCK: { description: 'It can be bought.' },
    OUT_OF_STOCK: { description: 'It cannot be bought at the moment.' },
    PRE_ORDER: { description: 'It can be ordered, and comes later.' },
    SOLD: { description: 'There was one, and somebody bought it.' },
    DISCONTINUED: { description: 'It is sold no more.' },
  },
});

type Shown =
  | 'id'
  | 'url'
  | 'host'
  | 'isPrimary'
  | 'isActive'
  | 'nextCheckAt'
  | 'lastCheckedAt'
  | 'lastOutcome'
  | 'lastError'
  | 'failures'
  | 'title'
  | 'availability'
  | 'seller'
  | 'imageUrl'
  | 'pricedAt'
  | 'createdAt';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A page of a store that shows a tracked product. Seen by its owner alone.' })
export class TrackedUrl implements Pick<TrackedUrlEntity, Shown> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'Its address, without fragment and tracking parameters.' })
  url!: string;

  @Field(() => String, { description: 'The host of the address, with its port where it has one.' })
  host!: string;

  @Field(() => Boolean, { description: 'Whether it stands for its product: of its pages exactly one does.' })
  isPrimary!: boolean;

  @Field(() => Boolean, { description: 'Whether it is looked at.' })
  isActive!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When it is to be looked at next; null for never.' })
  nextCheckAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was last looked at; null before the first time.' })
  lastCheckedAt!: Date | null;

  @Field(() => CheckOutcome, { nullable: true, description: 'What came of that.' })
  lastOutcome!: CheckOutcomeName | null;

  @Field(() => String, { nullable: true, description: 'What went wrong then, in a sentence.' })
  lastError!: string | null;

  @Field(() => Int, { description: 'How many times in a row it could not be read.' })
  failures!: number;

  @Field(() => String, { nullable: true, description: 'What the page calls the product.' })
  title!: string | null;

  @Field(() => PageAvailability, { nullable: true, description: 'Whether the store has it, as the page says.' })
  availability!: string | null;

  @Field(() => String, { nullable: true, description: 'Who sells it there, on a marketplace.' })
  seller!: string | null;

  @Field(() => String, { nullable: true, description: 'The page’s picture of it.' })
  imageUrl!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When its price was last read; null before the first time.' })
  pricedAt!: Date | null;

  @Field(() => DateTime, { description: 'Since when it is watched.' })
  createdAt!: Date;
}

@ObjectType({ description: 'What became of a page.' })
export class TrackedUrlPayload {
  @Field(() => TrackedUrl, {
    nullable: true,
    description: 'The page; null when the input was refused. With `DUPLICATE`: the one that is watched already.',
  })
  trackedUrl!: TrackedUrlEntity | null;

  @Field(() => [UserError], { description: trackedUrlError.description })
  userErrors!: readonly UserError[];
}

@ObjectType({ description: 'What became of a page that was to be deleted.' })
export class DeleteTrackedUrlPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the page that is no more; null when it was refused.' })
  deletedTrackedUrlId!: string | null;

  @Field(() => TrackedProduct, { nullable: true, description: 'Its product, with the pages that it has left.' })
  product!: TrackedProductEntity | null;

  @Field(() => [UserError], { description: trackedUrlError.description })
  userErrors!: readonly UserError[];
}

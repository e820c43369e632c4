import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import { TrackedUrl } from '../tracked-url/tracked-url.type.ts';
import type { CreatedPage, SkippedPage } from './bulk-import.answer.ts';
import { bulkImportError } from './bulk-import.errors.ts';

export enum BulkImportSkipReason {
  DUPLICATE = 'DUPLICATE',
  INVALID_URL = 'INVALID_URL',
  BLOCKED_ADDRESS = 'BLOCKED_ADDRESS',
  NO_PRICE = 'NO_PRICE',
  GONE = 'GONE',
  BLOCKED = 'BLOCKED',
  FETCH_ERROR = 'FETCH_ERROR',
  TOO_MANY = 'TOO_MANY',
}
registerEnumType(BulkImportSkipReason, {
  name: 'BulkImportSkipReason',
  description: 'Why a page of an import was not created.',
  valuesConfig: {
    DUPLICATE: { description: 'It stands in the call before, or is watched already: `trackedUrl` is where.' },
    INVALID_URL: { description: 'The address is not one of a page on http or https, or has a password in it.' },
    BLOCKED_ADDRESS: { description: 'The address leads to one that is not of the public internet.' },
    NO_PRICE: { description: 'The page was read, but says no price, or not in which currency.' },
    GONE: { description: 'The store has the page no more.' },
    BLOCKED: { description: 'The store did not let us read the page.' },
    FETCH_ERROR: { description: 'The store did not answer, or with something that is no page.' },
    TOO_MANY: { description: 'It is behind the first 100 of the call, or more than a product may have.' },
  },
});

@ObjectType({ description: 'A page that an import created.' })
export class BulkImportCreated implements CreatedPage {
  @Field(() => TrackedUrl, { description: 'The page, with its store and price.' })
  trackedUrl!: TrackedUrlEntity;

  @Field(() => Boolean, {
    description: 'Whether it could not be read in the time of the call: it is looked at soon, and has no price before.',
  })
  isPending!: boolean;
}

@ObjectType({ description: 'A page that an import did not create.' })
export class BulkImportSkipped implements SkippedPage {
  @Field(() => String, { description: 'The address as it was given, its first 2,000 characters.' })
  url!: string;

  @Field(() => BulkImportSkipReason, { description: 'Why not.' })
  reason!: SkippedPage['reason'];

  @Field(() => String, { description: 'The same in a sentence.' })
  message!: string;

  @Field(() => TrackedUrl, { nullable: true, description: 'Where it is watched already; null otherwise.' })
  trackedUrl!: TrackedUrlEntity | null;
}

@ObjectType({ description: 'What became of pages that were to be watched.' })
export class BulkImportUrlsPayload {
  @Field(() => TrackedProduct, {
    nullable: true,
    description: 'The product that they show; null where none was named and no page was created.',
  })
  product!: TrackedProductEntity | null;

  @Field(() => Boolean, { description: 'Whether the product was made now.' })
  isNewProduct!: boolean;

  @Field(() => [BulkImportCreated], { description: 'Pages that are watched from now on, in the order of the items.' })
  created!: readonly CreatedPage[];

  @Field(() => [BulkImportSkipped], { description: 'The others, in the order of the items.' })
  skipped!: readonly SkippedPage[];

  @Field(() => [UserError], { description: bulkImportError.description })
  userErrors!: readonly UserError[];
}

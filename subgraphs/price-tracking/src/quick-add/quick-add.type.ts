import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ObjectType } from 'type-graphql';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import { TrackedUrl } from '../tracked-url/tracked-url.type.ts';
import { quickAddError } from './quick-add.errors.ts';

@ObjectType({ description: 'What became of a page that was to be watched.' })
export class QuickAddByUrlPayload {
  @Field(() => TrackedProduct, { nullable: true, description: 'The product; null when the page was refused.' })
  product!: TrackedProductEntity | null;

  @Field(() => TrackedUrl, { nullable: true, description: 'The page; null when it was refused.' })
  trackedUrl!: TrackedUrlEntity | null;

  @Field(() => Boolean, {
    description: 'Whether they were added now. False with a product: the page is watched already, there.',
  })
  isNew!: boolean;

  @Field(() => [UserError], { description: quickAddError.description })
  userErrors!: readonly UserError[];
}

import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, ObjectType } from 'type-graphql';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import type { TagEntity } from './tag.entity.ts';
import { tagError } from './tag.errors.ts';

@ObjectType({ description: 'A word by which somebody keeps tracked products together.' })
export class TrackedTag implements Omit<TagEntity, 'ownerId'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'The word. It is one tag whatever its case.' })
  name!: string;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;
}

@ObjectType({ description: 'What became of the tags of a tracked product.' })
export class TagTrackedProductPayload {
  @Field(() => TrackedProduct, { nullable: true, description: 'The product; null when the input was refused.' })
  product!: TrackedProductEntity | null;

  @Field(() => [UserError], { description: tagError.description })
  userErrors!: readonly UserError[];
}

@ObjectType({ description: 'What became of a tag.' })
export class TrackedTagPayload {
  @Field(() => TrackedTag, { nullable: true, description: 'The tag; null when the input was refused.' })
  tag!: TagEntity | null;

  @Field(() => [UserError], { description: tagError.description })
  userErrors!: readonly UserError[];
}

@ObjectType({ description: 'What became of a tag that was to be deleted.' })
export class DeleteTrackedTagPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the tag that is no more; null when it was refused.' })
  deletedTagId!: string | null;

  @Field(() => [UserError], { description: tagError.description })
  userErrors!: readonly UserError[];
}

import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ObjectType } from 'type-graphql';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import { catalogueLinkError } from './catalogue-link.errors.ts';

@ObjectType({ description: 'What became of the link of a tracked product to the catalogue.' })
export class CatalogueLinkPayload {
  @Field(() => TrackedProduct, { nullable: true, description: 'The product; null when the input was refused.' })
  product!: TrackedProductEntity | null;

  @Field(() => [UserError], { description: catalogueLinkError.description })
  userErrors!: readonly UserError[];
}

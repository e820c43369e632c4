import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type { CategoryEntity } from './category.entity.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A category of goods: a node of the tree under which 1C files them.' })
export class Category implements Pick<CategoryEntity, 'id' | 'name' | 'externalId' | 'sortOrder' | 'pathNames'> {
  @SameForAll()
  @Field(() => ID, { description: 'Our own id of the category (UUID).' })
  id!: string;

  @SameForAll()
  @Field(() => String, { description: 'Its name, as 1C has it.' })
  name!: string;

  @SameForAll()
  @Field(() => String, {
    nullable: true,
    description: '1C’s id of the group; null when a sync named it by its path only.',
  })
  externalId!: string | null;

  @SameForAll()
  @Field(() => Int, {
    nullable: true,
    description: 'Place among its siblings, smallest first; null stands after them, by name.',
  })
  sortOrder!: number | null;

  @SameForAll()
  @Field(() => [String], { description: 'Names from the root of the tree down to this category.' })
  pathNames!: string[];
}

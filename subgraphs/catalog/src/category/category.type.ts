import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type { CategoryEntity } from './category.entity.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A category of goods: a node of the tree under which 1C files them.' })
export class Category implements Pick<CategoryEntity, 'id' | 'name' | 'externalId' | 'sortOrder' | 'pathNames'> {
  @Field(() => ID, { description: 'Our own id of the category (UUID).' })
  id!: string;

  @Field(() => String, { description: 'Its name, as 1C has it.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: '1C’s id of the group; null when a sync named it by its path only.',
  })
  externalId!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Place among its siblings, smallest first; null stands after them, by name.',
  })
  sortOrder!: number | null;

  @Field(() => [String], { description: 'Names from the root of the tree down to this category.' })
  pathNames!: string[];
}

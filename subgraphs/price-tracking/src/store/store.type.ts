import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { StoreEntity } from './store.entity.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A shop that somebody watches, and how its pages are read.' })
export class Store implements Pick<StoreEntity, 'id' | 'name'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'What its owner calls it.' })
  name!: string;
}

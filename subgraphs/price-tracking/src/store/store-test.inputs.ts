import { Field, ID, InputType } from 'type-graphql';
import { StoreReadingInput } from './store.inputs.ts';

@InputType({
  description:
    'A store whose selectors are to be tried: one that is kept, one that is not yet, or one that is kept with changes that are not.',
})
export class TestStoreInput extends StoreReadingInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Id (UUID) of a store that is kept: what is said beside it counts in place of what it says.',
  })
  storeId?: string | null;

  @Field(() => String, { nullable: true, description: 'The page; by default the store’s test page.' })
  url?: string | null;
}

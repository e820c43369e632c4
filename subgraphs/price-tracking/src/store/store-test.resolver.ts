import { ChangesNothingShared } from '@gastronom/shared/answer-tag.directive';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { TestStoreInput } from './store-test.inputs.ts';
import { TestStorePayload } from './store-test.type.ts';
import { type StoreTestAnswer, testStore } from './test-store.ts';

@Resolver()
export class StoreTestResolver {
  @ChangesNothingShared()
  @Mutation(() => TestStorePayload, {
    description:
      'Fetches a page of a store, kept or not yet, and says what each of its selectors finds there, what would be kept of the page, and which selectors may find the rest. Nothing is kept. The page has 5.5 seconds to come.',
  })
  testStore(
    @Ctx() context: PriceTrackingContext,
    @Arg('input', () => TestStoreInput, { description: 'The store and the page.' }) input: TestStoreInput,
  ): Promise<StoreTestAnswer> {
    return testStore(context, input);
  }
}

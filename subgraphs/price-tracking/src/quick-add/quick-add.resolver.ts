import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { QuickAddByUrlInput } from './quick-add.inputs.ts';
import { QuickAddService } from './quick-add.service.ts';
import { QuickAddByUrlPayload } from './quick-add.type.ts';

@Resolver()
export class QuickAddResolver {
  @Mutation(() => QuickAddByUrlPayload, {
    description:
      'Watches what a page shows from now on. The page is read while one waits, at most 7 seconds (PAGE_PATIENCE_SECONDS): its title, picture and barcode make the product, its price the first of the history; its store is made where there is none. A page that is watched already is answered, and nothing added.',
  })
  quickAddByUrl(
    @Ctx() context: PriceTrackingContext,
    @Arg('input', () => QuickAddByUrlInput, { description: 'The page.' }) input: QuickAddByUrlInput,
  ): Promise<QuickAddByUrlPayload> {
    return new QuickAddService(context).add(input);
  }
}

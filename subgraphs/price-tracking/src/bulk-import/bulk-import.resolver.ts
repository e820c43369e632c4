import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { BulkImportUrlsInput } from './bulk-import.inputs.ts';
import { BulkImportService } from './bulk-import.service.ts';
import { BulkImportUrlsPayload } from './bulk-import.type.ts';

@Resolver()
export class BulkImportResolver {
  @Mutation(() => BulkImportUrlsPayload, {
    description:
      'Watches many pages of one product. They are read while one waits, at most 7 seconds (PAGE_PATIENCE_SECONDS): those whose turn does not come in time are created all the same and read later. A page that cannot be watched is skipped with the reason, and harms no other. The same call again creates nothing.',
  })
  bulkImportUrls(
    @Ctx() context: PriceTrackingContext,
    @Arg('input', () => BulkImportUrlsInput, { description: 'The pages.' }) input: BulkImportUrlsInput,
  ): Promise<BulkImportUrlsPayload> {
    return new BulkImportService(context).import(input);
  }
}

import { Json } from '@gastronom/shared/scalars';
import { actorOf } from '@gastronom/shared/viewer';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { InventoryContext } from '../context.ts';
import { parseInternal } from '../parse.ts';
import type { RowResult } from '../row-result.ts';
import type { SnapshotCounts } from './stock.repository.ts';
import { StockService } from './stock.service.ts';
import { stockBatchSchema, stockSnapshotSchema } from './stock-batch.ts';

@Resolver()
export class StockResolver {
  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description: 'Applies a batch of quantities in one transaction; answers one outcome a row. For integrations.',
  })
  applyStocks(
    @Ctx() context: InventoryContext,
    @Arg('batch', () => Json, {
      description:
        '`{ source, runId, observedAt, actor, mode, rows: [{ index, sku, warehouseId, quantity, parked }], appeared: [{ sku, barcode, formerSku }] }`.',
    })
    batch: unknown,
  ): Promise<RowResult[]> {
    return new StockService(context).apply(parseInternal(stockBatchSchema, batch, 'batch of quantities'));
  }

  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description: 'Ends a snapshot run: what it did not mention is set to zero, and counted. For integrations.',
  })
  applyStockSnapshot(
    @Ctx() context: InventoryContext,
    @Arg('input', () => Json, {
      description:
        '`{ runId, source, observedAt, actor, dryRun, keep? }`: `keep` are SKUs and barcodes to leave alone.',
    })
    input: unknown,
  ): Promise<SnapshotCounts> {
    const snapshot = parseInternal(stockSnapshotSchema, input, 'end of a snapshot');
    return new StockService(context).applySnapshot(snapshot, snapshot.actor ?? actorOf(context.viewer));
  }
}

import { z } from 'zod';

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

/** Quantities as they come from integrations: exact, at most what numeric(14,3) holds. */
export const quantityPattern = /^-?\d{1,11}(\.\d{1,3})?$/;

const run = { source: z.string().min(1), runId: z.uuid(), observedAt: moment, actor: z.string().min(1) };

/** A batch of quantities: the JSON of `applyStocks`. */
export const stockBatchSchema = z.object({
  ...run,
  /** Rows of a snapshot run leave `syncedAt` alone: the end of the run vouches for all of them at once. */
  mode: z.enum(['DELTA', 'SNAPSHOT']).default('DELTA'),
  rows: z
    .array(
      z.object({
        index: z.number().int(),
        sku: z.string(),
        warehouseId: z.string(),
        quantity: z.string(),
        parked: z.boolean().default(false),
      }),
    )
    .max(10_000)
    .default([]),
  /** Goods that the catalogue has just come to know, with the keys under which their stock may have come before. */
  appeared: z
    .array(z.object({ sku: z.string(), barcode: z.string().nullish(), formerSku: z.string().nullish() }))
    .max(1_000)
    .default([]),
});

export type StockBatch = z.infer<typeof stockBatchSchema>;
export type StockRow = StockBatch['rows'][number];
export type AppearedGood = StockBatch['appeared'][number];
/** Who said it, in which run, and of which moment they speak. */
export type StockRun = Pick<StockBatch, 'source' | 'runId' | 'observedAt' | 'actor'>;

/** The end of a snapshot run: the JSON of `applyStockSnapshot`. */
export const stockSnapshotSchema = z.object({
  source: run.source,
  runId: run.runId,
  observedAt: run.observedAt,
  actor: z.string().min(1).optional(),
  dryRun: z.boolean(),
  /** SKUs and barcodes of rows that could not be read: they are no sign that stock is gone. */
  keep: z.array(z.string()).default([]),
});

export type StockSnapshot = z.infer<typeof stockSnapshotSchema>;

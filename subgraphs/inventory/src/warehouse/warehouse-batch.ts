import { z } from 'zod';

/** What 1C says about its warehouses: the JSON of `applyWarehouses`. */
export const warehouseBatchSchema = z.object({
  rows: z
    .array(
      z.object({
        index: z.number().int(),
        externalId: z.string(),
        name: z.string(),
        address: z.string().nullish(),
      }),
    )
    .max(1_000),
});

export type WarehouseBatch = z.infer<typeof warehouseBatchSchema>;
export type WarehouseRow = WarehouseBatch['rows'][number];

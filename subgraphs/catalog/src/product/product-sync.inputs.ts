import { DomainError } from '@gastronom/shared/domain-error';
import { z } from 'zod';
import { categoryBatch } from '../category/category-sync.inputs.ts';

const text = z.string().nullish();

const productRow = z.object({
  index: z.int(),
  sku: z.string().min(1).nullable(),
  barcode: text,
  removed: z.boolean().nullish(),
  name: text,
  description: text,
  brand: text,
  price: text,
  currency: text,
  weightGrams: text,
  unit: text,
  energyKcal: text,
  carbohydrates: text,
  fat: text,
  proteins: text,
  sugars: text,
  categoryPath: z.array(z.string().min(1)).nullish(),
  imageUrls: z.array(z.string()).nullish(),
});

/** Goods as integrations read them: a property that is absent stays as it is stored, null clears it. */
export type ProductRow = z.infer<typeof productRow>;

const observation = {
  source: z.string().min(1),
  runId: z.uuid(),
  observedAt: z.iso.datetime({ offset: true }),
};

const keys = z.object({ sku: z.string().nullable(), barcode: z.string().nullable() });

const productBatch = z.object({ ...observation, actor: z.string(), rows: z.array(productRow).max(1_000) });
export type ProductBatch = z.infer<typeof productBatch>;

const productSnapshot = z.object({
  ...observation,
  actor: z.string().default('internal'),
  dryRun: z.boolean(),
  /** SKUs and barcodes of rows that could not be read: they are no sign that goods are gone. */
  keep: z.array(z.string()).default([]),
});
export type ProductSnapshot = z.infer<typeof productSnapshot>;

const productKeys = z.array(keys).max(10_000);
export type ProductKeys = z.infer<typeof productKeys>[number];

/** Reads what another subgraph sent. What does not fit is a fault of ours: it is refused whole. */
function reader<Schema extends z.ZodType>(what: string, schema: Schema) {
  return (value: unknown): z.infer<Schema> => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw new DomainError('BAD_USER_INPUT', `${what}: ${issue?.path.join('.')}: ${issue?.message}`);
  };
}

export const readProductBatch = reader('batch', productBatch);
export const readProductSnapshot = reader('input', productSnapshot);
export const readProductKeys = reader('rows', productKeys);
export const readCategoryBatch = reader('batch', categoryBatch);

import { z } from 'zod';

const categoryRow = z.object({
  index: z.int(),
  path: z.array(z.string().min(1)).min(1),
  externalId: z.string().min(1).nullish(),
  sortOrder: z.int32().nullish(),
});

/** A category as integrations read it: names from the root; an absent sort order stays as it is, null clears it. */
export type CategoryRow = z.infer<typeof categoryRow>;

export const categoryBatch = z.object({ rows: z.array(categoryRow).max(1_000) });
export type CategoryBatch = z.infer<typeof categoryBatch>;

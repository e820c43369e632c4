import { z } from 'zod';

/** Where products are searched for in the web. */
export const searchVariables = {
  SEARXNG_URL: z.url({ protocol: /^https?$/, error: 'takes an http or https address' }).optional(),
  SEARXNG_TIMEOUT_MS: z.coerce.number().int().min(100).max(8_000).default(5_000),
  SEARCH_CACHE_MINUTES: z.coerce.number().int().min(0).max(10_080).default(60),
};

export type SearchSettings = z.infer<z.ZodObject<typeof searchVariables>>;

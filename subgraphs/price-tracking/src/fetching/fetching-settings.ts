import { flag, processSettings } from '@gastronom/shared/env';
import { z } from 'zod';

const milliseconds = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** How pages of stores are fetched. */
export const fetchingVariables = {
  ENVIRONMENT: processSettings.shape.ENVIRONMENT,
  ALLOW_PRIVATE_ADDRESSES: processSettings.shape.ALLOW_PRIVATE_ADDRESSES,
  FETCH_USER_AGENT: z
    .string()
    .regex(/^[\x20-\x7e]{1,300}$/, 'takes up to 300 characters of ASCII')
    .default('Mozilla/5.0 (compatible; GastronomBot/1.0)'),
  FETCH_DELAY_MS: milliseconds(0, 3_600_000).default(1_000),
  FETCH_CONCURRENCY: z.coerce.number().int().min(1).max(16).default(2),
  FETCH_TOTAL_CONCURRENCY: z.coerce.number().int().min(1).max(1_000).default(64),
  FETCH_TIMEOUT_MS: milliseconds(100, 600_000).default(30_000),
  FETCH_LIMIT_MB: z.coerce.number().positive().max(100).default(10),
  FETCH_RETRIES: z.coerce.number().int().min(0).max(10).default(2),
  SCRAPER_BASE_URL: z.url({ protocol: /^https?$/, error: 'takes an http or https address' }).optional(),
  BROWSER_PATH: z.string().optional(),
  BROWSER_SANDBOX: flag.default(true),
  BROWSER_PAGES: z.coerce.number().int().min(1).max(32).default(2),
};

export type FetchingSettings = z.infer<z.ZodObject<typeof fetchingVariables>>;

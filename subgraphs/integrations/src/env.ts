import { readSettings } from '@gastronom/shared/env';
import { z } from 'zod';

const integrationsSettings = z.object({
  DEFAULT_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'takes three capital letters, as RUB')
    .default('RUB'),
  SYNC_FUSE_SHARE: z.coerce.number().min(0).max(1).default(0.2),
  SYNC_REPEAT_MINUTES: z.coerce.number().min(0).max(1_440).default(5),
});

/** How the shop wants its goods synced. */
export interface IntegrationsSettings {
  /** What a price without a currency is in. */
  readonly shopCurrency: string;
  /** The largest share of its goods that a snapshot hides or zeroes without an admin's word. */
  readonly fuseShare: number;
  /** For how long the same bytes without an idempotency key count as the same call sent twice, in milliseconds. */
  readonly repeatMs: number;
}

export function readIntegrationsSettings(): IntegrationsSettings {
  const settings = readSettings(integrationsSettings);
  return {
    shopCurrency: settings.DEFAULT_CURRENCY,
    fuseShare: settings.SYNC_FUSE_SHARE,
    repeatMs: settings.SYNC_REPEAT_MINUTES * 60_000,
  };
}

import { z } from 'zod';

export const webhookVariables = {
  WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
  WEBHOOK_DISABLE_AFTER_HOURS: z.coerce.number().positive().max(8_760).default(120),
  WEBHOOK_KEEP_DAYS: z.coerce.number().positive().max(3_650).default(30),
};

/** How partners are told by webhooks. */
export interface WebhookSettings {
  /** How long an endpoint may take to answer, in milliseconds. */
  readonly timeoutMs: number;
  /** For how long each try must have failed before an endpoint is disabled, in milliseconds. */
  readonly disableAfterMs: number;
  /** For how long deliveries are kept, in milliseconds. */
  readonly keepMs: number;
}

export const webhookSettings = (settings: z.infer<z.ZodObject<typeof webhookVariables>>): WebhookSettings => ({
  timeoutMs: settings.WEBHOOK_TIMEOUT_MS,
  disableAfterMs: settings.WEBHOOK_DISABLE_AFTER_HOURS * 3_600_000,
  keepMs: settings.WEBHOOK_KEEP_DAYS * 86_400_000,
});

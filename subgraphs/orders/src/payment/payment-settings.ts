import { commaList, processSettings } from '@gastronom/shared/env';
import { z } from 'zod';

/** How cards are charged. Without a secret key they are not. */
export const paymentVariables = {
  ENVIRONMENT: processSettings.shape.ENVIRONMENT,
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_\w+$/, 'takes a secret key of Stripe, as sk_live_…')
    .optional(),
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_\w+$/, 'takes a publishable key of Stripe, as pk_live_…')
    .optional(),
  STRIPE_WEBHOOK_SECRETS: commaList.pipe(
    z.array(z.string().regex(/^whsec_\S+$/, 'takes signing secrets of Stripe’s webhook, as whsec_…')),
  ),
  STRIPE_API_URL: z.url({ protocol: /^https?$/, error: 'takes an http or https address' }).optional(),
  STRIPE_TIMEOUT_MS: z.coerce.number().int().min(1).max(80_000).default(20_000),
  PLATFORM_FEE_PERCENT: z
    .string()
    .regex(/^(100|\d{1,2})(\.\d{1,2})?$/, 'takes a percentage from 0 to 100, as 5 or 2.50')
    .default('5'),
  PAYMENT_MINUTES: z.coerce.number().int().min(1).max(1_440).default(25),
};

export type PaymentSettings = z.infer<z.ZodObject<typeof paymentVariables>>;

import { SettingError } from '@gastronom/shared/env';
import { Stripe } from 'stripe';
import type { PaymentSettings } from './payment-settings.ts';

/** The way to Stripe; null where payments are off. Jobs try again, so that the library need not. */
export function createStripe(settings: PaymentSettings): Stripe | null {
  const { STRIPE_SECRET_KEY: key, STRIPE_API_URL: url, STRIPE_TIMEOUT_MS: timeout } = settings;
  if (!key) return null;
  if (!settings.STRIPE_PUBLISHABLE_KEY)
    throw new SettingError('STRIPE_PUBLISHABLE_KEY: must be set where STRIPE_SECRET_KEY is');
  if (url && settings.ENVIRONMENT === 'production')
    throw new SettingError('STRIPE_API_URL: is for development and tests; production asks Stripe itself');
  const options = { maxNetworkRetries: 0, timeout, telemetry: false, appInfo: { name: 'Gastronom' } };
  if (!url) return new Stripe(key, options);
  const { hostname: host, port, protocol } = new URL(url);
  return new Stripe(key, {
    ...options,
    host,
    protocol: protocol === 'https:' ? 'https' : 'http',
    port: port || (protocol === 'https:' ? 443 : 80),
  });
}

/**
 * What became of a call that failed. `UNKNOWN`: nothing was answered, or another call with the key is under way: the same
 * key again finds out. `LATER`: Stripe did not begin. `REFUSED` and `BROKEN` are kept under the key for a day, so that
 * another try needs another key, after a look whether the thing exists after all.
 */
export type CallFailure = 'UNKNOWN' | 'LATER' | 'REFUSED' | 'BROKEN';

export function failureOf(error: unknown): CallFailure {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const status = error.statusCode;
  if (status === undefined || status === 409) return 'UNKNOWN';
  if (status === 429 || status === 401 || status === 403) return 'LATER';
  return status >= 500 ? 'BROKEN' : 'REFUSED';
}

/** Stripe's own word for what is wrong, as `balance_insufficient`. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Stripe.errors.StripeError ? error.code : undefined;

/** The id of what Stripe answers by id or whole. */
export const idOf = (thing: string | { readonly id: string } | null | undefined): string | null =>
  typeof thing === 'string' ? thing : (thing?.id ?? null);

/** What was expanded; null where it does not exist yet. */
export const wholeOf = <Thing extends { readonly id: string }>(
  thing: string | Thing | null | undefined,
): Thing | null => (typeof thing === 'object' ? thing : null);

import { commaList, type ProcessSettings, processSettings, readSettings, SettingError } from '@gastronom/shared/env';
import { z } from 'zod';
import { type ChannelSettings, channelVariables, readChannelSettings } from './channel/channel-settings.ts';
import { type ExchangeSettings, exchangeVariables, readExchangeSettings } from './exchange/exchange-settings.ts';
import { type ImageSettings, imageSettings, imageVariables } from './image/image-settings.ts';
import { type WebhookSettings, webhookSettings, webhookVariables } from './outbound/webhook-settings.ts';

const timeZone = z.string().refine((name) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}, 'takes the name of a time zone, as Asia/Atyrau');

const integrationsSettings = processSettings.extend({
  DEFAULT_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'takes three capital letters, as RUB')
    .default('RUB'),
  SYNC_FUSE_SHARE: z.coerce.number().min(0).max(1).default(0.2),
  SYNC_REPEAT_MINUTES: z.coerce.number().min(0).max(1_440).default(5),
  ONE_C_URL: z.url({ protocol: /^https?$/, error: 'takes an http or https address' }).optional(),
  ONE_C_TIMEOUT_MS: z.coerce.number().int().min(1).max(600_000).default(10_000),
  ONE_C_CONCURRENCY: z.coerce.number().int().min(1).max(20).default(1),
  ONE_C_WEBHOOK_SECRETS: commaList,
  ONE_C_TIME_ZONE: timeZone.optional(),
  ONE_C_DELIVERY_DAYS: z.coerce.number().positive().max(3_650).default(30),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'takes an http or https address' }).optional(),
  STOCK_REFRESH_ANSWER_MINUTES: z.coerce.number().positive().max(1_440).default(5),
  UPLOAD_LIMIT_MB: z.coerce.number().positive().max(200).default(20),
  ...imageVariables,
  ...exchangeVariables,
  ...webhookVariables,
  ...channelVariables,
});

/** How 1C is asked for stock, and how it answers. */
export interface OneCSettings {
  /** Where 1C listens, without a slash at its end; undefined where it is not to be asked. */
  readonly url: string | undefined;
  readonly timeoutMs: number;
  /** Requests to 1C at a time, over all processes. */
  readonly concurrency: number;
  /** As they are set, the current one first; see `oneCSecrets`. */
  readonly webhookSecrets: readonly string[];
  /** What 1C's times are in where they do not say it themselves. */
  readonly timeZone: string | undefined;
  readonly deliveryDays: number;
  /** The address under which the outside finds the gateway, without a slash at its end. */
  readonly publicUrl: string;
  /** How long a trigger may wait for its callback, in milliseconds. */
  readonly answerMs: number;
  /** The largest body of a callback, in bytes. */
  readonly bodyLimit: number;
}

/** How the shop wants its goods synced. */
export interface IntegrationsSettings {
  /** What a price without a currency is in. */
  readonly shopCurrency: string;
  /** The largest share of its goods that a snapshot hides or zeroes without an admin's word. */
  readonly fuseShare: number;
  /** For how long the same bytes without an idempotency key count as the same call sent twice, in milliseconds. */
  readonly repeatMs: number;
  readonly oneC: OneCSettings;
  readonly images: ImageSettings;
  readonly exchange: ExchangeSettings;
  readonly webhooks: WebhookSettings;
  readonly channels: ChannelSettings;
  readonly process: ProcessSettings;
}

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

function oneCSettings(settings: z.infer<typeof integrationsSettings>): OneCSettings {
  if (settings.ENVIRONMENT === 'production' && settings.ONE_C_URL && !settings.PUBLIC_URL)
    throw new SettingError('PUBLIC_URL: must be set in production with ONE_C_URL, so that 1C finds its way back');
  return {
    url: settings.ONE_C_URL && withoutSlash(settings.ONE_C_URL),
    timeoutMs: settings.ONE_C_TIMEOUT_MS,
    concurrency: settings.ONE_C_CONCURRENCY,
    webhookSecrets: settings.ONE_C_WEBHOOK_SECRETS,
    timeZone: settings.ONE_C_TIME_ZONE,
    deliveryDays: settings.ONE_C_DELIVERY_DAYS,
    publicUrl: withoutSlash(settings.PUBLIC_URL ?? 'http://localhost:4000'),
    answerMs: settings.STOCK_REFRESH_ANSWER_MINUTES * 60_000,
    bodyLimit: Math.round(settings.UPLOAD_LIMIT_MB * 1024 * 1024),
  };
}

export function readIntegrationsSettings(variables?: NodeJS.ProcessEnv): IntegrationsSettings {
  const settings = readSettings(integrationsSettings, variables);
  return {
    shopCurrency: settings.DEFAULT_CURRENCY,
    fuseShare: settings.SYNC_FUSE_SHARE,
    repeatMs: settings.SYNC_REPEAT_MINUTES * 60_000,
    oneC: oneCSettings(settings),
    images: imageSettings(settings),
    exchange: readExchangeSettings(settings),
    webhooks: webhookSettings(settings),
    channels: readChannelSettings(settings),
    process: settings,
  };
}

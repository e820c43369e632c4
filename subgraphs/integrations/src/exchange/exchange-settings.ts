import { skuSources } from '@gastronom/commerceml/good';
import { z } from 'zod';

const megabyte = 1024 * 1024;

export const exchangeVariables = {
  ONE_C_EXCHANGE_USER: z.string().min(1).default('1c'),
  EXCHANGE_FILE_LIMIT_MB: z.coerce.number().positive().max(200).default(10),
  EXCHANGE_SESSION_LIMIT_MB: z.coerce.number().positive().max(20_000).default(1_000),
  EXCHANGE_SESSION_MINUTES: z.coerce.number().positive().max(1_440).default(60),
  EXCHANGE_KEEP_DAYS: z.coerce.number().positive().max(3_650).default(30),
  EXCHANGE_SOURCE: z
    .string()
    .regex(/^[a-z0-9_.-]{1,64}$/, 'takes small letters, digits and _ . -')
    .default('one_c'),
  EXCHANGE_PRICE_TYPE: z.string().optional(),
  EXCHANGE_SKU_SOURCE: z.enum(skuSources).default('id'),
};

/** How 1C brings its goods by its own exchange with sites. */
export interface ExchangeSettings {
  readonly user: string;
  /** The largest piece of a file that 1C is told to send, in bytes. */
  readonly fileLimit: number;
  /** The largest sum of a session's files, unpacked, in bytes. */
  readonly sessionLimit: number;
  /** For how long a session lives after it was last heard of, in milliseconds. */
  readonly sessionMs: number;
  readonly keepMs: number;
  /** The feed that the goods belong to, the same as that of `manage sync`. */
  readonly source: string;
  /** Name or Ид of the price to take; the first by default. */
  readonly priceType: string | undefined;
  readonly skuSource: (typeof skuSources)[number];
}

export function readExchangeSettings(
  settings: z.infer<z.ZodObject<typeof exchangeVariables>> & { UPLOAD_LIMIT_MB: number },
): ExchangeSettings {
  return {
    user: settings.ONE_C_EXCHANGE_USER,
    fileLimit: Math.floor(Math.min(settings.EXCHANGE_FILE_LIMIT_MB, settings.UPLOAD_LIMIT_MB) * megabyte),
    sessionLimit: Math.floor(settings.EXCHANGE_SESSION_LIMIT_MB * megabyte),
    sessionMs: settings.EXCHANGE_SESSION_MINUTES * 60_000,
    keepMs: settings.EXCHANGE_KEEP_DAYS * 86_400_000,
    source: settings.EXCHANGE_SOURCE,
    priceType: settings.EXCHANGE_PRICE_TYPE,
    skuSource: settings.EXCHANGE_SKU_SOURCE,
  };
}

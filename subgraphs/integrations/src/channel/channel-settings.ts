import { type ProcessSettings, SettingError } from '@gastronom/shared/env';
import { type LanguageName, languages } from '@gastronom/shared/notification';
import { hideInLogs } from '@gastronom/shared/redaction';
import { z } from 'zod';

const address = (fallback: string) =>
  z
    .url({ protocol: /^https?$/, error: 'takes an http or https address' })
    .transform((text) => text.replace(/\/+$/, ''))
    .default(fallback);

/** The settings of notifications, as `env.ts` reads them. */
export const channelVariables = {
  DEFAULT_LANGUAGE: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(languages, 'takes en, sv or ru'))
    .default('EN'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'takes an address as smtp://user:password@host:587' }).optional(),
  SMTP_FROM: z.string().optional(),
  FIREBASE_KEY: z.string().optional(),
  FCM_API_URL: address('https://fcm.googleapis.com'),
  PUSHOVER_TOKEN: z.string().optional(),
  PUSHOVER_API_URL: address('https://api.pushover.net'),
  TELEGRAM_BOT_TOKEN: z.string().optional(),
  TELEGRAM_API_URL: address('https://api.telegram.org'),
  DISCORD_URL: address('https://discord.com'),
  NTFY_URL: address('https://ntfy.sh'),
  NOTIFICATION_ORDER_LINK: z
    .url({ protocol: /^https?$/, error: 'takes an http or https address' })
    .refine((text) => text.includes('{orderId}'), 'takes an address with {orderId} in it')
    .optional(),
  NOTIFICATION_TIMEOUT_MS: z.coerce.number().int().min(1).max(60_000).default(10_000),
  NOTIFICATION_WORKERS: z.coerce.number().int().min(1).max(50).default(4),
  NOTIFICATION_KEEP_DAYS: z.coerce.number().positive().max(3_650).default(90),
};

type ChannelVariables = z.infer<z.ZodObject<typeof channelVariables>> & Pick<ProcessSettings, 'ENVIRONMENT'>;

export interface SmtpSettings {
  readonly url: string;
  readonly from: string;
  /** Whether nothing is said to the server before the connection is encrypted. */
  readonly requireTls: boolean;
}

/** What a service account's key file says that we need. */
const serviceAccount = z.object({
  project_id: z.string().min(1),
  client_email: z.string().min(1),
  private_key: z.string().includes('PRIVATE KEY'),
  token_uri: z.url().default('https://oauth2.googleapis.com/token'),
});

export interface FirebaseSettings {
  readonly url: string;
  readonly projectId: string;
  readonly clientEmail: string;
  readonly privateKey: string;
  readonly tokenUri: string;
}

/** An application's own token at a service, and where the service listens. */
export interface TokenSettings {
  readonly url: string;
  readonly token: string;
}

/** Undefined where a service's settings are not set: its channels cannot be made then. */
export interface ChannelSettings {
  readonly language: LanguageName;
  readonly smtp: SmtpSettings | undefined;
  readonly firebase: FirebaseSettings | undefined;
  readonly pushover: TokenSettings | undefined;
  readonly telegram: TokenSettings | undefined;
  readonly discordUrl: string;
  readonly ntfyUrl: string;
  /** Where a person sees an order, with `{orderId}` for its id. */
  readonly orderLink: string | undefined;
  readonly timeoutMs: number;
  readonly workers: number;
  readonly keepDays: number;
}

/** In production a password is never sent in the clear, unless the address says `?requireTLS=false`. */
function requiresTls({ SMTP_URL: text = '', ENVIRONMENT }: ChannelVariables): boolean {
  const { username, searchParams } = new URL(text);
  return ENVIRONMENT === 'production' && username !== '' && searchParams.get('requireTLS') !== 'false';
}

function smtpSettings(variables: ChannelVariables): SmtpSettings | undefined {
  const { SMTP_URL: url, SMTP_FROM: from } = variables;
  if (!url) return undefined;
  if (!from) throw new SettingError('SMTP_FROM: must be set with SMTP_URL: the address that letters come from');
  return { url, from, requireTls: requiresTls(variables) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.trim().startsWith('{') ? text : Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

function firebaseSettings({ FIREBASE_KEY: key, FCM_API_URL: url }: ChannelVariables): FirebaseSettings | undefined {
  if (!key) return undefined;
  const parsed = serviceAccount.safeParse(jsonOf(key));
  if (!parsed.success)
    throw new SettingError('FIREBASE_KEY: takes the JSON of a service account’s key, or the same in base64');
  const { project_id, client_email, private_key, token_uri } = parsed.data;
  hideInLogs(key, private_key);
  return { url, projectId: project_id, clientEmail: client_email, privateKey: private_key, tokenUri: token_uri };
}

const tokenSettings = (url: string, token: string | undefined): TokenSettings | undefined =>
  token ? { url, token } : undefined;

export const readChannelSettings = (variables: ChannelVariables): ChannelSettings => ({
  language: variables.DEFAULT_LANGUAGE,
  smtp: smtpSettings(variables),
  firebase: firebaseSettings(variables),
  pushover: tokenSettings(variables.PUSHOVER_API_URL, variables.PUSHOVER_TOKEN),
  telegram: tokenSettings(variables.TELEGRAM_API_URL, variables.TELEGRAM_BOT_TOKEN),
  discordUrl: variables.DISCORD_URL,
  ntfyUrl: variables.NTFY_URL,
  orderLink: variables.NOTIFICATION_ORDER_LINK,
  timeoutMs: variables.NOTIFICATION_TIMEOUT_MS,
  workers: variables.NOTIFICATION_WORKERS,
  keepDays: variables.NOTIFICATION_KEEP_DAYS,
});

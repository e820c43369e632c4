import { commaList, processSettings, readSettings } from '@gastronom/shared/env';
import { type LanguageName, languages } from '@gastronom/shared/notification';
import { z } from 'zod';
import { signingSecret } from './clerk/signing-secret.ts';

const timeZone = z.string().refine((name) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}, 'takes the name of a time zone, as Asia/Atyrau');

const schema = processSettings.extend({
  CLERK_SECRET_KEY: z.string().optional(),
  CLERK_API_URL: z
    .url({ protocol: /^https?$/, error: 'takes an http or https address' })
    .default('https://api.clerk.com'),
  CLERK_WEBHOOK_SECRETS: commaList.pipe(z.array(signingSecret)),
  CLERK_DELIVERY_DAYS: z.coerce.number().positive().max(3_650).default(30),
  DEFAULT_LANGUAGE: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(languages, 'takes en, sv or ru'))
    .default('EN'),
  DEFAULT_TIME_ZONE: timeZone.default('UTC'),
  CLERK_API_TIMEOUT_MS: z.coerce.number().int().min(1).max(20_000).default(5_000),
});

/** The way to Clerk's Backend API. */
export interface ClerkApiSettings {
  readonly secretKey: string;
  readonly url: string;
  /** For one try. */
  readonly timeoutMs: number;
}

/** What Clerk tells of itself. */
export interface ClerkWebhookSettings {
  /** Any of them counts; none: the webhook is closed. */
  readonly secrets: readonly string[];
  /** For how long a message is known as one that came. */
  readonly deliveryDays: number;
}

export interface AccountsSettings {
  /** Null where no secret key is set: organisations live here alone then. */
  readonly clerkApi: ClerkApiSettings | null;
  readonly clerkWebhook: ClerkWebhookSettings;
  /** How people are told who have said nothing of it. */
  readonly notifications: { readonly language: LanguageName; readonly timeZone: string };
}

export function readAccountsSettings(variables?: NodeJS.ProcessEnv): AccountsSettings {
  const settings = readSettings(schema, variables);
  const { CLERK_SECRET_KEY: secretKey, CLERK_API_URL: url, CLERK_API_TIMEOUT_MS: timeoutMs } = settings;
  return {
    clerkApi: secretKey ? { secretKey, url, timeoutMs } : null,
    clerkWebhook: { secrets: settings.CLERK_WEBHOOK_SECRETS, deliveryDays: settings.CLERK_DELIVERY_DAYS },
    notifications: { language: settings.DEFAULT_LANGUAGE, timeZone: settings.DEFAULT_TIME_ZONE },
  };
}

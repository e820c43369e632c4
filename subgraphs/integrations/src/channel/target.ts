import type { ChannelKindName } from '@gastronom/shared/notification';
import { z } from 'zod';

/** One line without what no service takes: control characters. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(most, `is longer than ${most} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has characters that are not allowed');
const token = line(500).regex(/^[^\s]*$/, 'has spaces in it');
const webAddress = line(2_000)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'is no http or https address')
  .refine((text) => !URL.canParse(text) || new URL(text).username === '', 'has a user in it, which is not sent')
  .transform((text) => text.replace(/\/+$/, ''));

/** Where a channel leads, with its secrets: sealed at rest. */
export const targetSchemas = {
  EMAIL: z.object({ address: line(254).pipe(z.email('is no e-mail address')) }),
  PUSH: z.object({ deviceToken: line(4_096).regex(/^[^\s]*$/, 'has spaces in it') }),
  PUSHOVER: z.object({
    userKey: token.regex(/^[A-Za-z0-9]{30}$/, 'is no user or group key: it has 30 letters and digits'),
    device: token.regex(/^[A-Za-z0-9_,-]{1,200}$/, 'is no name of a device').nullish(),
  }),
  GOTIFY: z.object({ url: webAddress, token }),
  NTFY: z.object({
    url: webAddress.nullish(),
    topic: token.regex(/^[-_A-Za-z0-9]{1,64}$/, 'takes up to 64 letters, digits, - and _'),
    token: token.nullish(),
  }),
  TELEGRAM: z.object({
    chatId: token.regex(/^(-?\d{1,20}|@[A-Za-z0-9_]{4,64})$/, 'is the number of a chat, or the @name of a channel'),
  }),
  DISCORD: z.object({ url: webAddress }),
  APPRISE: z
    .object({
      url: webAddress,
      key: token.regex(/^[\w-]{1,128}$/, 'takes letters, digits, _ and -').nullish(),
      urls: z.array(line(2_000)).max(20).nullish(),
      tag: line(200).nullish(),
    })
    .refine(({ key, urls }) => Boolean(key) !== Boolean(urls?.length), {
      path: ['key'],
      message: 'or `urls`: exactly one of them must be given',
    }),
  WEBHOOK: z.object({
    url: webAddress,
    secret: token.regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'takes whsec_ and 24 to 64 bytes in base64').nullish(),
  }),
} as const satisfies Record<ChannelKindName, z.ZodType>;

export type TargetOf<Kind extends ChannelKindName> = z.infer<(typeof targetSchemas)[Kind]>;
export type Target = { [Kind in ChannelKindName]: { readonly kind: Kind } & TargetOf<Kind> }[ChannelKindName];

const most = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);
const lastOf = (secret: string): string => `…${secret.slice(-4)}`;
const hostOf = (url: string): string => new URL(url).host;

/** A letter of the name, and the domain. */
const maskedAddress = (address: string): string => address.replace(/^(.).*(@.*)$/u, '$1…$2');

/** What people are shown of a target: enough to know it again, nothing to use. */
export function maskedTarget(target: Target): string {
  switch (target.kind) {
    case 'EMAIL':
      return maskedAddress(target.address);
    case 'PUSH':
      return lastOf(target.deviceToken);
    case 'PUSHOVER':
      return `${lastOf(target.userKey)}${target.device ? ` ${target.device}` : ''}`;
    case 'GOTIFY':
    case 'WEBHOOK':
      return hostOf(target.url);
    case 'NTFY':
      return `${target.url ? `${hostOf(target.url)} ` : ''}${target.topic.slice(0, 3)}…`;
    case 'TELEGRAM':
      return target.chatId.startsWith('@') ? target.chatId : lastOf(target.chatId);
    case 'DISCORD':
      return `${hostOf(target.url)} ${most(new URL(target.url).pathname.split('/').at(-2) ?? '', 6)}`;
    case 'APPRISE':
      return `${hostOf(target.url)}${target.tag ? ` ${target.tag}` : ''}`;
  }
}

/** What must never stand in a log or an error that came from a service. */
export function secretsOf(target: Target): string[] {
  switch (target.kind) {
    case 'PUSH':
      return [target.deviceToken];
    case 'PUSHOVER':
      return [target.userKey];
    case 'GOTIFY':
      return [target.token];
    case 'NTFY':
      return [target.topic, ...(target.token ? [target.token] : [])];
    case 'DISCORD':
      return [new URL(target.url).pathname, new URL(target.url).pathname.split('/').at(-1) ?? ''];
    case 'APPRISE':
      return [...(target.key ? [target.key] : []), ...(target.urls ?? [])];
    case 'WEBHOOK':
      return [new URL(target.url).pathname.slice(1), new URL(target.url).search.slice(1), target.secret ?? ''];
    case 'EMAIL':
    case 'TELEGRAM':
      return [];
  }
}

/** The addresses that a target has us ask: those of people's own choice, which are guarded. */
export const addressesOf = (target: Target): string[] => ('url' in target && target.url ? [target.url] : []);

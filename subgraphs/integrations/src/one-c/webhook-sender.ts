import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from '@gastronom/shared/domain-error';
import { isOneCSecret } from './one-c-secrets.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const toleranceSeconds = 5 * 60;

const refused = (message: string) => new DomainError('UNAUTHENTICATED', message);

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** The secret that a caller shows, in either of the headers that callers can set. */
function givenSecrets(headers: Headers): string[] {
  const bearer = /^bearer +(\S.*)$/i.exec(one(headers.authorization) ?? '')?.[1];
  return [bearer, one(headers['x-webhook-secret'])].flatMap((secret) => (secret ? [secret.trim()] : []));
}

/**
 * The keys that a secret may stand for: its own bytes, and what it is the base64 of, with or without the `whsec_` that
 * Standard Webhooks put before it.
 */
function keysOf(secret: string): Buffer[] {
  const text = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret;
  const decoded = Buffer.from(text, 'base64');
  return [Buffer.from(secret), ...(decoded.length > 0 ? [decoded] : [])];
}

/**
 * Checks a signature as Standard Webhooks have it, over the bytes as they came: their library signs text, and 1C's may be
 * in windows-1251.
 * @returns the sender's id of the message: the same one again is the same message.
 */
function verifySignature(secrets: readonly string[], headers: Headers, body: Buffer): string {
  const id = one(headers['webhook-id']);
  const timestamp = one(headers['webhook-timestamp']);
  const signatures = one(headers['webhook-signature'])?.split(' ') ?? [];
  if (!id || id.length > 200 || !timestamp || !/^\d{1,12}$/.test(timestamp))
    throw refused('A signed message needs webhook-id, webhook-timestamp (seconds since 1970) and webhook-signature.');
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > toleranceSeconds)
    throw refused('`webhook-timestamp` is more than five minutes away from our clock. Look at the sender’s clock.');
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const right = secrets.flatMap(keysOf).map((key) => createHmac('sha256', key).update(signed).digest());
  const given = signatures.filter((text) => text.startsWith('v1,')).map((text) => Buffer.from(text.slice(3), 'base64'));
  const matches = given.flatMap((one) =>
    right.filter((other) => one.length === other.length && timingSafeEqual(one, other)),
  );
  if (matches.length > 0) return id;
  throw refused('`webhook-signature` does not match: it must be made over the raw body with the shared secret.');
}

/**
 * Lets 1C in, and nobody else: with one of the secrets, or with a signature by one of them.
 * @returns the sender's id of a signed message, null for one that shows the secret itself.
 */
export function admitSender(secrets: readonly string[], headers: Headers, body: Buffer): string | null {
  if (secrets.length === 0)
    throw new DomainError(
      'SUBGRAPH_UNAVAILABLE',
      'The webhook is off: ONE_C_WEBHOOK_SECRETS is not set on this server, so that nobody can be told to be 1C.',
    );
  if (headers['webhook-signature'] !== undefined) return verifySignature(secrets, headers, body);
  const given = givenSecrets(headers);
  if (given.some((secret) => isOneCSecret(secrets, secret))) return null;
  throw refused(
    given.length > 0
      ? 'The secret is not the one that this server shares with 1C.'
      : 'Send the shared secret as `Authorization: Bearer …` or `X-Webhook-Secret: …`.',
  );
}

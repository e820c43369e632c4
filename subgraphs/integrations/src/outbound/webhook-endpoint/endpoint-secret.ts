import { randomBytes } from 'node:crypto';
import type { SecretBox } from '@gastronom/shared/encrypted-secret';
import { Webhook } from 'standardwebhooks';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity.ts';

const contextOf = (endpointId: string): string => `webhook-endpoint:${endpointId}`;

/** A secret of 256 random bits, as Standard Webhooks writes them, and how it is kept. */
export function makeSecret(box: SecretBox, endpointId: string): { readonly secret: string; readonly sealed: string } {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  return { secret, sealed: box.seal(secret, contextOf(endpointId)) };
}

export type EndpointSecrets = Pick<WebhookEndpointEntity, 'secret' | 'formerSecret' | 'formerSecretUntil'>;

/** The sealed secrets that sign at a moment: during a rotation both. */
const sealedAt = ({ secret, formerSecret, formerSecretUntil }: EndpointSecrets, now: Date): string[] =>
  formerSecret && formerSecretUntil && formerSecretUntil > now ? [secret, formerSecret] : [secret];

/** The same secrets under the key that seals now; null where they are. */
export function resealed(box: SecretBox, id: string, { secret, formerSecret }: EndpointSecrets) {
  const anew = (sealed: string) =>
    box.isCurrent(sealed) ? sealed : box.seal(box.open(sealed, contextOf(id)), contextOf(id));
  const next = { secret: anew(secret), formerSecret: formerSecret && anew(formerSecret) };
  return next.secret === secret && next.formerSecret === formerSecret ? null : next;
}

export interface Message {
  readonly id: string;
  readonly body: string;
}

/** The headers of Standard Webhooks for one try. @throws SealedSecretError */
export function signatureHeaders(
  box: SecretBox,
  endpoint: EndpointSecrets & { readonly endpointId: string },
  { id, body }: Message,
  now: Date,
): Record<string, string> {
  const signatures = sealedAt(endpoint, now).map((sealed) =>
    new Webhook(box.open(sealed, contextOf(endpoint.endpointId))).sign(id, now, body),
  );
  return {
    'content-type': 'application/json',
    'user-agent': 'Gastronom-Webhooks/1.0',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}

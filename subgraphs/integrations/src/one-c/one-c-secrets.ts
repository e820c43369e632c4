import { createHash, timingSafeEqual } from 'node:crypto';
import { deriveSecret, internalSecret } from '@gastronom/shared/secrets';
import type { IntegrationsSettings } from '../env.ts';

const derived = new Map<string, string>();

/**
 * The secrets by which 1C is known, the current one first; during a change the former one counts as well. Development
 * derives one of its own. Production without any has none: then nobody is 1C.
 */
export function oneCSecrets({ oneC, process }: Pick<IntegrationsSettings, 'oneC' | 'process'>): readonly string[] {
  if (oneC.webhookSecrets.length > 0 || process.ENVIRONMENT === 'production') return oneC.webhookSecrets;
  const internal = internalSecret(process);
  const secret = derived.get(internal) ?? deriveSecret(internal, 'one-c-webhook');
  derived.set(internal, secret);
  return [secret];
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether one of the secrets was given. It takes as long for a good guess as for a bad one, and looks at all of them. */
export function isOneCSecret(secrets: readonly string[], given: string): boolean {
  const asked = digest(given);
  return secrets.filter((secret) => timingSafeEqual(digest(secret), asked)).length > 0;
}

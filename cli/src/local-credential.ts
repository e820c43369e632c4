import { developmentServiceKey } from '@gastronom/gateway/development';
import { type DemoPerson, developmentToken } from '@gastronom/gateway/identity/development-token';
import { deriveSecret, developmentSecrets, internalSecret } from '@gastronom/shared/secrets';
import { UsageError } from './cli-error.ts';
import type { CliSettings } from './env.ts';

/** A server on this machine, which may read the same secrets as we do. */
export const isLoopback = (url: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

/** Signs a token for one of the demo people with the development key in DATA_DIR. No server is asked. */
export function localToken(settings: CliSettings, person: DemoPerson, lifetimeSeconds: number): Promise<string> {
  if (settings.ENVIRONMENT === 'production') {
    throw new UsageError(
      'tokens are signed here in development only: in production sign in through Clerk, and give its token as GASTRONOM_TOKEN',
    );
  }
  return developmentToken(developmentSecrets(settings.DATA_DIR), person, lifetimeSeconds);
}

/** The key to sync with: the one given, the environment's, or on a developer's own machine that of the installation. */
export function syncKey(given: string | undefined, url: string, settings: CliSettings): string {
  const named = given ?? settings.GASTRONOM_API_KEY;
  if (named) return named;
  if (isLoopback(url) && settings.ENVIRONMENT !== 'production') {
    return developmentServiceKey(developmentSecrets(settings.DATA_DIR));
  }
  throw new UsageError(
    'an API key is needed: --key or GASTRONOM_API_KEY (an admin makes one by `manage api-key create`)',
  );
}

/** The secret that 1C calls back with: the first of those that are set, else the one that a development server derives. */
export function oneCSecret(settings: CliSettings): string {
  const [first] = (settings.ONE_C_WEBHOOK_SECRETS ?? '').split(',').map((secret) => secret.trim());
  if (first) return first;
  if (settings.ENVIRONMENT === 'production')
    throw new UsageError('ONE_C_WEBHOOK_SECRETS is not set: in production nobody can be told to be 1C without it');
  return deriveSecret(internalSecret(settings), 'one-c-webhook');
}

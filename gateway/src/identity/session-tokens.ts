import { SettingError } from '@gastronom/shared/env';
import type { Logger } from '@gastronom/shared/logger';
import { developmentSecrets } from '@gastronom/shared/secrets';
import type { GatewaySettings } from '../env.ts';
import { developmentIssuer, developmentParty } from './development-token.ts';
import type { SessionTokenSettings } from './session-token.ts';
import { pemKey } from './signing-keys.ts';

/** Clerk's tokens where it is set up; else those that this installation signs itself, under an issuer of its own. */
export function sessionTokens(settings: GatewaySettings, logger: Logger): SessionTokenSettings {
  const { clerk, production } = settings;
  if (clerk) return { ...clerk, keys: clerk.openKeys(logger) };
  if (production)
    throw new SettingError('CLERK_JWT_KEY or CLERK_ISSUERS: development tokens do not count in production');
  return {
    keys: pemKey(developmentSecrets(settings.DATA_DIR).developmentKey.publicKey),
    issuers: [developmentIssuer],
    authorizedParties: [developmentParty],
    audiences: [],
    roleClaim: undefined,
    emailClaim: 'email',
    nameClaim: 'name',
  };
}

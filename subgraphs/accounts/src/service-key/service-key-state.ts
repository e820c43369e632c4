import type { ServiceKeyEntity } from './service-key.entity.ts';

export type KeyState = 'ACTIVE' | 'EXPIRED' | 'REVOKED';

/** How a key stands at a moment, in milliseconds. */
export function keyStateAt(
  { revokedAt, expiresAt }: Pick<ServiceKeyEntity, 'revokedAt' | 'expiresAt'>,
  now: number,
): KeyState {
  if (revokedAt) return 'REVOKED';
  return expiresAt && expiresAt.getTime() <= now ? 'EXPIRED' : 'ACTIVE';
}

/** The same in SQL, of a row of this name. */
export const keyStateSql: Readonly<Record<KeyState, string>> = {
  ACTIVE: 'key.revokedAt IS NULL AND (key.expiresAt IS NULL OR key.expiresAt > now())',
  EXPIRED: 'key.revokedAt IS NULL AND key.expiresAt <= now()',
  REVOKED: 'key.revokedAt IS NOT NULL',
};

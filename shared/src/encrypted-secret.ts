import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type ProcessSettings, SettingError } from './env.ts';
import { hideInLogs } from './redaction.ts';
import { deriveSecret, internalSecret } from './secrets.ts';

/** A key that secrets at rest are encrypted with. */
export interface EncryptionKey {
  /** Stands beside what it sealed, so that it is found again after others have come. */
  readonly id: string;
  readonly secret: string;
}

/** What was sealed cannot be opened: another key, another context, or somebody changed it. */
export class SealedSecretError extends Error {
  readonly code = 'SEALED_SECRET';
}

/** Keeps secrets that must be shown to others again, as webhook secrets and passwords of channels, unreadable at rest. */
export interface SecretBox {
  /**
   * Encrypts with the first key.
   * @param context what the secret belongs to, as `webhook-endpoint:<id>`: copied to another row, it does not open.
   */
  seal(text: string, context: string): string;
  /** @throws SealedSecretError */
  open(sealed: string, context: string): string;
  /** Whether it was sealed with the first key; one that was not is to be sealed anew, before its key is taken away. */
  isCurrent(sealed: string): boolean;
}

const form = 's1';
const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

const keyIdPattern = /^[A-Za-z0-9_-]{1,32}$/;
const leastSecret = 32;

const keyBytes = ({ secret }: EncryptionKey): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'gastronom:secrets-at-rest', 32));

/** The key's id is vouched for with the context: nothing of what stands around the ciphertext can be changed. */
const vouched = (keyId: string, context: string): Buffer => Buffer.from(JSON.stringify([form, keyId, context]));

/** AES-256-GCM with a fresh nonce for each secret. @param keys the one that seals first; the others still open. */
export function createSecretBox(keys: readonly EncryptionKey[]): SecretBox {
  const [first] = keys;
  if (!first) throw new SealedSecretError('There is no key to encrypt secrets with.');
  const byId = new Map(keys.map((key) => [key.id, keyBytes(key)]));

  const seal = (text: string, context: string): string => {
    const nonce = randomBytes(nonceBytes);
    const encrypt = createCipheriv(cipher, byId.get(first.id) as Buffer, nonce, { authTagLength: tagBytes });
    encrypt.setAAD(vouched(first.id, context));
    const encrypted = Buffer.concat([encrypt.update(text, 'utf8'), encrypt.final()]);
    return [form, first.id, Buffer.concat([nonce, encrypt.getAuthTag(), encrypted]).toString('base64url')].join('.');
  };

  const open = (sealed: string, context: string): string => {
    const [version, keyId = '', body = ''] = sealed.split('.');
    if (version !== form) throw new SealedSecretError('This is no sealed secret.');
    const key = byId.get(keyId);
    if (!key) throw new SealedSecretError(`ENCRYPTION_KEYS has no key ${keyId}, which sealed this secret.`);
    const bytes = Buffer.from(body, 'base64url');
    try {
      const decrypt = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decrypt.setAAD(vouched(keyId, context));
      decrypt.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return decrypt.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decrypt.final('utf8');
    } catch (error) {
      throw new SealedSecretError('The sealed secret was changed, or belongs elsewhere.', { cause: error });
    }
  };

  return { seal, open, isCurrent: (sealed) => sealed.startsWith(`${form}.${first.id}.`) };
}

function parseKey(text: string): EncryptionKey {
  const at = text.indexOf(':');
  const key = { id: text.slice(0, Math.max(at, 0)), secret: text.slice(at + 1) };
  if (!keyIdPattern.test(key.id) || key.secret.length < leastSecret)
    throw new SettingError(
      `ENCRYPTION_KEYS: takes id:secret, or several separated by commas, each secret of at least ${leastSecret} characters`,
    );
  hideInLogs(key.secret);
  return key;
}

/** The keys of ENCRYPTION_KEYS, the one that seals first. Production must set them; elsewhere one is derived. */
export function encryptionKeys(settings: ProcessSettings): EncryptionKey[] {
  const keys = settings.ENCRYPTION_KEYS.map(parseKey);
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    throw new SettingError('ENCRYPTION_KEYS: no two keys may have the same id');
  if (keys.length > 0) return keys;
  if (settings.ENVIRONMENT === 'production') {
    throw new SettingError(
      'ENCRYPTION_KEYS: must be set in production, the same for every process (echo k1:$(openssl rand -base64 32))',
    );
  }
  return [{ id: 'derived', secret: deriveSecret(internalSecret(settings), 'secrets-at-rest') }];
}

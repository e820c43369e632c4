import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { SettingError } from '@gastronom/shared/env';

/** The keys that session tokens may be signed with. */
export interface SigningKeys {
  /** The key of an issuer by its id; undefined where there is no such key. Asked at every use of a token. */
  find(issuer: string, kid: string | undefined): Promise<KeyObject | undefined>;
}

const fewestBits = 2_048;

/** Whether it is an RSA key that is long enough to be believed. */
export const isStrong = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean =>
  asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= fewestBits;

/** One PEM block, however its line ends came through the environment: as they are, as `\n`, as spaces, or not at all. */
function plainPem(text: string): { label: string; pem: string } {
  const found = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/.exec(text.replaceAll(/\\[nr]/g, '\n'));
  if (!found) {
    throw new SettingError(
      'CLERK_JWT_KEY: takes a public key in PEM form, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----',
    );
  }
  const [, label = '', body = ''] = found;
  const lines = body.replaceAll(/\s/g, '').match(/.{1,64}/g) ?? [];
  return { label, pem: [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n') };
}

function readPem(text: string): KeyObject {
  const { label, pem } = plainPem(text);
  if (label.includes('PRIVATE'))
    throw new SettingError(
      'CLERK_JWT_KEY: holds a private key. Only Clerk may have that: set the public one, and replace this key',
    );
  try {
    return label === 'CERTIFICATE' ? new X509Certificate(pem).publicKey : createPublicKey(pem);
  } catch (error) {
    throw new SettingError(`CLERK_JWT_KEY: cannot be read as a public key (${(error as Error).message})`);
  }
}

/** The one key of CLERK_JWT_KEY: a public key (SPKI or PKCS#1) or a certificate. No token ever asks the network. */
export function pemKey(text: string): SigningKeys {
  const key = readPem(text);
  if (!isStrong(key)) throw new SettingError(`CLERK_JWT_KEY: takes an RSA key of at least ${fewestBits} bits`);
  const found = Promise.resolve(key);
  return { find: () => found };
}

import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';

/** Stands for Clerk where it signs session tokens: makes keys, and tokens of every kind, honest and not. */
export class TokenMint {
  readonly issuer = 'https://clerk.gastronom.example';
  readonly party = 'https://shop.gastronom.example';
  readonly kid = 'ins_2Gastronom';
  readonly #keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

  constructor(modulusLength = 2_048) {
    this.#keys = generateKeyPairSync('rsa', { modulusLength });
  }

  get publicKey(): KeyObject {
    return this.#keys.publicKey;
  }

  pem(type: 'spki' | 'pkcs1' = 'spki'): string {
    return this.#keys.publicKey.export({ format: 'pem', type }).toString();
  }

  privatePem(): string {
    return this.#keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  }

  /** The key as it stands in a set. */
  jwk(kid = this.kid): Record<string, unknown> {
    return { ...this.#keys.publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
  }

  /** What Clerk writes into a token of version 2. */
  claims(nowMs = Date.now()): Record<string, unknown> {
    const now = Math.floor(nowMs / 1000);
    return {
      azp: this.party,
      exp: now + 60,
      fva: [0, -1],
      iat: now,
      iss: this.issuer,
      jti: '2f7a8b9c0d1e2f3a4b5c',
      nbf: now - 10,
      sid: 'sess_2OlgaAtTheShop',
      sts: 'active',
      sub: 'user_2Olga',
      v: 2,
    };
  }

  /** A token that Clerk would sign, with changes; undefined takes a claim away. */
  sign(changes: Record<string, unknown> = {}, header: Record<string, unknown> = {}, nowMs?: number): Promise<string> {
    return new SignJWT({ ...this.claims(nowMs), ...changes })
      .setProtectedHeader({ alg: 'RS256', cat: 'cl_B7d4PD111AAA', kid: this.kid, typ: 'JWT', ...header })
      .sign(this.#keys.privateKey);
  }

  /** Put together by hand, as an attacker would, who has the public key at most. */
  forge(header: Record<string, unknown>, secret?: string, changes: Record<string, unknown> = {}): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = `${part({ kid: this.kid, typ: 'JWT', ...header })}.${part({ ...this.claims(), ...changes })}`;
    return `${body}.${secret ? createHmac('sha256', secret).update(body).digest('base64url') : ''}`;
  }
}

import { createHash, randomBytes } from 'node:crypto';
import type { Viewer } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import type { ServiceKeyEntity } from './service-key.entity.ts';
import { ServiceKeyRepository } from './service-key.repository.ts';

export interface ServiceKeyRequest {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: Date | null;
}

export interface KeyProblem {
  readonly code: 'BAD_NAME' | 'UNKNOWN_SCOPE' | 'BAD_EXPIRY';
  readonly field: string;
  readonly message: string;
}

export const hashKey = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Makes API keys. A key is 256 random bits, shown to its maker and stored as a hash. */
export class ServiceKeyService {
  readonly #keys: ServiceKeyRepository;
  readonly #viewer: Viewer;
  readonly #knownScopes: readonly string[];

  constructor(manager: EntityManager, viewer: Viewer, knownScopes: readonly string[]) {
    this.#keys = new ServiceKeyRepository(manager);
    this.#viewer = viewer;
    this.#knownScopes = knownScopes;
  }

  problems({ name, scopes, expiresAt }: ServiceKeyRequest): KeyProblem[] {
    const problems: KeyProblem[] = [];
    const length = name.trim().length;
    if (length < 1 || length > 100)
      problems.push({ code: 'BAD_NAME', field: 'name', message: 'A name has 1 to 100 characters.' });
    const unknown = scopes.filter((scope) => !this.#knownScopes.includes(scope));
    if (scopes.length === 0 || unknown.length > 0) {
      const message = `Scopes are ${this.#knownScopes.join(', ')}: ${unknown.length > 0 ? `${unknown.join(', ')} is none` : 'name at least one'}.`;
      problems.push({ code: 'UNKNOWN_SCOPE', field: 'scopes', message });
    }
    if (expiresAt && expiresAt.getTime() <= Date.now()) {
      problems.push({ code: 'BAD_EXPIRY', field: 'expiresAt', message: 'The expiry lies in the past.' });
    }
    return problems;
  }

  async create({ name, scopes, expiresAt }: ServiceKeyRequest): Promise<{ key: ServiceKeyEntity; secret: string }> {
    const prefix = `gk_${randomBytes(4).toString('hex')}`;
    const secret = `${prefix}_${randomBytes(32).toString('base64url')}`;
    const key = await this.#keys.insert({
      name: name.trim(),
      scopes: [...new Set(scopes)],
      prefix,
      hash: hashKey(secret),
      createdByUserId: this.#viewer.kind === 'user' ? this.#viewer.userId : null,
      expiresAt: expiresAt ?? null,
    });
    return { key, secret };
  }

  ensure({ secret, name, scopes }: { secret: string; name: string; scopes: string[] }): Promise<ServiceKeyEntity> {
    const prefix = secret.split('_', 2).join('_');
    return this.#keys.ensure({ name, scopes, prefix, hash: hashKey(secret), createdByUserId: null, expiresAt: null });
  }
}

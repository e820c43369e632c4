import { createHash, randomBytes } from 'node:crypto';
import { isUUID } from '@gastronom/shared/id';
import { identityChanged } from '@gastronom/shared/identity-changed';
import type { UserError } from '@gastronom/shared/user-error.type';
import { type Acting, act } from '../act.ts';
import type { ServiceKeyEntity } from './service-key.entity.ts';
import { createKeyError, rotateKeyError } from './service-key.errors.ts';
import { ServiceKeyRepository } from './service-key.repository.ts';
import { isKnownScope, scopeNames } from './service-key-scopes.ts';
import { keyStateAt } from './service-key-state.ts';

export interface ServiceKeyRequest {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: Date | null;
}

export interface RotationRequest {
  readonly id: string;
  readonly overlapMinutes: number;
  readonly expiresAt?: Date | null;
}

/** A key that was made, with what nobody can read again; or what is wrong with the input. */
export interface MadeKey {
  readonly key: ServiceKeyEntity | null;
  readonly secret: string | null;
  readonly userErrors: UserError[];
}

export const hashKey = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const longestOverlap = 43_200;
const minute = 60_000;

const refused = (...userErrors: UserError[]): MadeKey => ({ key: null, secret: null, userErrors });

/** A key is 256 random bits behind a part by which people tell keys apart. */
function makeSecret() {
  const prefix = `gk_${randomBytes(4).toString('hex')}`;
  const secret = `${prefix}_${randomBytes(32).toString('base64url')}`;
  return { prefix, secret, hash: hashKey(secret) };
}

const isPast = (expiresAt: Date | null | undefined) => !!expiresAt && expiresAt.getTime() <= Date.now();

function problemsOf({ name, scopes, expiresAt }: ServiceKeyRequest): UserError[] {
  const problems: UserError[] = [];
  const length = name.trim().length;
  if (length < 1 || length > 100 || name.includes('\0'))
    problems.push(createKeyError('BAD_NAME', ['input', 'name'], 'A name has 1 to 100 characters.'));
  const unknown = scopes.filter((scope) => !isKnownScope(scope));
  if (scopes.length === 0 || unknown.length > 0) {
    const what = unknown.length > 0 ? `${unknown.join(', ')} is none` : 'name at least one';
    problems.push(createKeyError('UNKNOWN_SCOPE', ['input', 'scopes'], `Scopes are ${scopeNames}: ${what}.`));
  }
  if (isPast(expiresAt))
    problems.push(createKeyError('BAD_EXPIRY', ['input', 'expiresAt'], 'The expiry lies in the past.'));
  return problems;
}

/** What is wrong with the wish alone, whatever the key. */
function rotationProblem({ overlapMinutes, expiresAt }: RotationRequest): UserError | undefined {
  if (overlapMinutes < 0 || overlapMinutes > longestOverlap) {
    const message = `An overlap is 0 to ${longestOverlap} minutes.`;
    return rotateKeyError('BAD_OVERLAP', ['input', 'overlapMinutes'], message);
  }
  return isPast(expiresAt)
    ? rotateKeyError('BAD_EXPIRY', ['input', 'expiresAt'], 'The expiry lies in the past.')
    : undefined;
}

const noSuchKey = rotateKeyError('NOT_FOUND', ['input', 'id'], 'There is no such key.');

/** Why a key gets no successor. */
function whyNotRotated(key: ServiceKeyEntity, hasSuccessor: boolean): UserError | undefined {
  const state = keyStateAt(key, Date.now());
  const say = (code: Parameters<typeof rotateKeyError>[0], message: string) =>
    rotateKeyError(code, ['input', 'id'], message);
  if (state === 'REVOKED') return say('KEY_REVOKED', 'The key is revoked: make a new one.');
  if (hasSuccessor) return say('ALREADY_ROTATED', 'The key has a successor already: rotate that one.');
  return state === 'EXPIRED' ? say('KEY_EXPIRED', 'The key has expired: make a new one.') : undefined;
}

/** Of which one can still speak in four digits. */
const lastMoment = Date.UTC(9999, 11, 31);

/** How long the old key was made for, from now on. */
const sameLifetime = ({ createdAt, expiresAt }: ServiceKeyEntity): Date | null =>
  expiresAt && new Date(Math.min(Date.now() + expiresAt.getTime() - createdAt.getTime(), lastMoment));

/** When the old key stops: after the overlap, or when it would have stopped anyway. */
function endOf({ expiresAt }: ServiceKeyEntity, overlapMinutes: number): Date {
  const end = Date.now() + overlapMinutes * minute;
  return new Date(Math.min(end, expiresAt?.getTime() ?? end));
}

/** Makes, replaces and ends API keys. A key is shown to its maker and stored as a hash. */
export class ServiceKeyService {
  readonly #acting: Acting;

  constructor(acting: Acting) {
    this.#acting = acting;
  }

  async create(request: ServiceKeyRequest): Promise<MadeKey> {
    const problems = problemsOf(request);
    if (problems.length > 0) return refused(...problems);
    const { secret, ...made } = makeSecret();
    const row = {
      ...made,
      name: request.name.trim(),
      scopes: [...new Set(request.scopes)],
      createdByUserId: this.#maker,
      expiresAt: request.expiresAt ?? null,
    };
    const key = await act(this.#acting, async ({ manager, audit }) => {
      const inserted = await new ServiceKeyRepository(manager).insert(row);
      const { id, name, scopes, prefix, expiresAt } = inserted;
      const after = { name, scopes, prefix, expiresAt };
      await audit({ action: 'key.create', subject: { type: 'ServiceKey', id }, after });
      return inserted;
    });
    return { key, secret, userErrors: [] };
  }

  /** Makes a key that may do the same, and lets the old one work on for a while. */
  async rotate(request: RotationRequest): Promise<MadeKey> {
    const problem = rotationProblem(request) ?? (isUUID(request.id) ? undefined : noSuchKey);
    if (problem) return refused(problem);
    const { secret, ...made } = makeSecret();
    const { old, answer } = await act(this.#acting, async ({ manager, audit }) => {
      const keys = new ServiceKeyRepository(manager);
      const known = await keys.lock(request.id);
      if (!known) return { old: null, answer: refused(noSuchKey) };
      const why = whyNotRotated(known, await keys.hasSuccessor(known.id));
      if (why) return { old: null, answer: refused(why) };
      const { id, name, scopes, expiresAt } = known;
      const wanted = request.expiresAt ?? sameLifetime(known);
      const successor = { ...made, name, scopes, createdByUserId: this.#maker, expiresAt: wanted, replacesId: id };
      const key = await keys.insert(successor);
      const end = endOf(known, request.overlapMinutes);
      await keys.updateExpiry(id, end);
      await audit({
        action: 'key.rotate',
        subject: { type: 'ServiceKey', id },
        before: { expiresAt, replacedBy: null },
        after: { expiresAt: end, replacedBy: { id: key.id, prefix: key.prefix, expiresAt: key.expiresAt } },
      });
      return { old: known, answer: { key, secret, userErrors: [] } };
    });
    if (old) identityChanged(this.#acting.broadcast, { keyHash: old.hash });
    return answer;
  }

  /** Stops a key, in every replica at once; one that is revoked stays as it is. */
  async revoke(id: string): Promise<ServiceKeyEntity | null> {
    if (!isUUID(id)) return null;
    const key = await act(this.#acting, async ({ manager, audit }) => {
      const keys = new ServiceKeyRepository(manager);
      const known = await keys.lock(id);
      if (!known || known.revokedAt) return known;
      const revoked = await keys.revoke(id);
      await audit({
        action: 'key.revoke',
        subject: { type: 'ServiceKey', id },
        before: { revokedAt: null },
        after: { revokedAt: revoked.revokedAt },
      });
      return revoked;
    });
    if (key) identityChanged(this.#acting.broadcast, { keyHash: key.hash });
    return key;
  }

  /** Makes the key unless it is there. One that was revoked or replaced stays so: a start brings nothing back. */
  ensure({ secret, name, scopes }: { secret: string; name: string; scopes: string[] }): Promise<ServiceKeyEntity> {
    const prefix = secret.split('_', 2).join('_');
    const row = { name, scopes, prefix, hash: hashKey(secret), createdByUserId: null, expiresAt: null };
    return new ServiceKeyRepository(this.#acting.manager).ensure(row);
  }

  get #maker(): string | null {
    const { viewer } = this.#acting;
    return viewer.kind === 'user' ? viewer.userId : null;
  }
}

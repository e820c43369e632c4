import { DomainError } from '@gastronom/shared/domain-error';
import type { Viewer } from '@gastronom/shared/viewer';
import { clientAddress } from './client-address.ts';
import { type Policy, type RateLimits, type Standing, windowSeconds } from './rate-limits.ts';
import { failedIdentificationPoints } from './request-points.ts';

const spenders: Readonly<Record<Policy, string>> = {
  ip: 'your address',
  user: 'you',
  key: 'this API key',
};

function refusal({ policy, allowance, resetSeconds }: Standing): DomainError {
  const message = `Too many requests: ${spenders[policy]} spent the ${allowance} points of this minute. Try again in ${resetSeconds} s, and ask for less at a time.`;
  return new DomainError('RATE_LIMITED', message, { policy, limit: allowance, retryAfterSeconds: resetSeconds });
}

/** What one HTTP request has been charged so far; a batch of operations shares it. */
export class RequestLimits {
  readonly #limits: RateLimits;
  readonly address: string;
  /** Whether somebody was found to have sent it. */
  identified = false;
  readonly #standings = new Map<Policy, Standing>();

  constructor(limits: RateLimits, ip: string) {
    this.#limits = limits;
    this.address = clientAddress(ip);
  }

  /** Charges the address that a request came from. @throws RATE_LIMITED where it has spent all. */
  chargeAddress(points: number): Promise<void> {
    return this.#spend('ip', this.address, points);
  }

  /** Charges who asks, once that is known; who is nobody, by address. @throws RATE_LIMITED where they have spent all. */
  charge(viewer: Viewer, points: number): Promise<void> {
    this.identified ||= viewer.kind !== 'anonymous';
    if (viewer.kind === 'user') return this.#spend('user', viewer.userId, points);
    if (viewer.kind === 'service') return this.#spend('key', viewer.keyId, points);
    return this.chargeAddress(points);
  }

  /** Charges the address for what was in vain; refused is only what comes next. */
  async penalise(points: number): Promise<void> {
    await this.#count('ip', this.address, points);
  }

  failedIdentification(): Promise<void> {
    return this.penalise(this.#failurePoints);
  }

  /** For how many wrong tokens, keys or secrets the address could still pay. */
  get affordableFailures(): number {
    const standing = this.#standings.get('ip');
    return standing ? Math.floor(standing.remaining / this.#failurePoints) : Number.POSITIVE_INFINITY;
  }

  /** When the address may spend anew. */
  get resetSeconds(): number {
    return this.#standings.get('ip')?.resetSeconds ?? 1;
  }

  get #failurePoints(): number {
    return failedIdentificationPoints(this.#limits.allowances.ip);
  }

  /** `RateLimit` and its kin, in the form of draft-ietf-httpapi-ratelimit-headers-10. */
  headers(): Record<string, string> {
    const standings = [...this.#standings.values()];
    if (standings.length === 0) return {};
    const wait = Math.max(0, ...standings.filter(({ refused }) => refused).map(({ resetSeconds }) => resetSeconds));
    return {
      ratelimit: standings
        .map(({ policy, remaining, resetSeconds }) => `"${policy}";r=${remaining};t=${resetSeconds}`)
        .join(', '),
      'ratelimit-policy': standings
        .map(({ policy, allowance }) => `"${policy}";q=${allowance};w=${windowSeconds}`)
        .join(', '),
      ...(wait > 0 ? { 'retry-after': String(wait) } : {}),
    };
  }

  async #spend(policy: Policy, key: string, points: number): Promise<void> {
    const standing = await this.#count(policy, key, points);
    if (standing?.refused) throw refusal(standing);
  }

  async #count(policy: Policy, key: string, points: number): Promise<Standing | undefined> {
    const standing = await this.#limits.charge(policy, key, points);
    if (standing) this.#standings.set(policy, standing);
    return standing;
  }
}

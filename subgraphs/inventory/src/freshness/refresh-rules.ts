import type { RefreshSettings } from '../env.ts';
import type { RefreshBreakerEntity } from './refresh-breaker.entity.ts';
import type { WarehouseRefreshEntity } from './warehouse-refresh.entity.ts';

/** Whether 1C may be asked: as usual, not at all for a while, by one request alone, or never for want of its address. */
export enum RefreshCircuit {
  CLOSED = 'CLOSED',
  OPEN = 'OPEN',
  HALF_OPEN = 'HALF_OPEN',
  OFF = 'OFF',
}

export type Refresh = Readonly<WarehouseRefreshEntity>;
export type Breaker = Readonly<Omit<RefreshBreakerEntity, 'id'>>;

/** A failure, and what there was to know of it. */
export interface Failure {
  readonly at: Date;
  readonly reason: string;
}

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
const latest = (...moments: readonly (Date | null)[]): number =>
  Math.max(0, ...moments.map((moment) => moment?.getTime() ?? 0));

/**
 * How long to wait after so many failures in a row: twice the floor, doubled by each, and no longer than the most. Of
 * that, a random part between a half and the whole, so that warehouses that failed together do not come back together.
 */
export function backoffMs(failures: number, { floorMs, backoffMaxMs }: RefreshSettings, random: number): number {
  const whole = Math.min(backoffMaxMs, floorMs * 2 ** Math.min(failures, 30));
  return Math.max(floorMs, whole * (0.5 + random / 2));
}

export function circuitOf({ openUntil }: Breaker, now: Date): RefreshCircuit {
  if (openUntil === null) return RefreshCircuit.CLOSED;
  return now < openUntil ? RefreshCircuit.OPEN : RefreshCircuit.HALF_OPEN;
}

export const isOnItsWay = ({ answerDueAt }: Refresh): boolean => answerDueAt !== null;

/** The failures and the floor put it off; whether 1C as a whole is left alone is not its own business. */
export const putOffUntil = ({ nextAttemptAt }: Refresh, { openUntil }: Breaker): number =>
  latest(nextAttemptAt, openUntil);

/**
 * Before when there is no sense in asking for a warehouse: a request is on its way, or was answered so lately that 1C
 * would say the same, or it is put off.
 */
export const waitsUntil = (refresh: Refresh, breaker: Breaker, lifetimeMs: number): number =>
  Math.max(
    putOffUntil(refresh, breaker),
    latest(refresh.answerDueAt, refresh.answeredAsOf && later(refresh.answeredAsOf, lifetimeMs)),
  );

export const asked = (refresh: Refresh, now: Date, { answerMs, floorMs }: RefreshSettings): Refresh => ({
  ...refresh,
  requestedAt: now,
  answerDueAt: later(now, answerMs),
  nextAttemptAt: later(now, floorMs),
});

/** 1C took the request: its time to answer begins. */
export const accepted = (refresh: Refresh, now: Date, { answerMs }: RefreshSettings): Refresh => ({
  ...refresh,
  answerDueAt: later(now, answerMs),
});

export const failed = (refresh: Refresh, { at, reason }: Failure, settings: RefreshSettings): Refresh => {
  const failures = refresh.failures + 1;
  const nextAttemptAt = later(at, backoffMs(failures, settings, Math.random()));
  return { ...refresh, answerDueAt: null, failures, nextAttemptAt, lastFailure: reason };
};

/** Opens at the failure that is one too many; while it is open, each failure leaves 1C alone for longer. */
export function tripped(breaker: Breaker, { at }: Failure, settings: RefreshSettings): Breaker {
  const failures = breaker.failures + 1;
  if (breaker.openedAt === null && failures < settings.breakerFailures) return { ...breaker, failures };
  const openUntil = later(at, backoffMs(failures, settings, Math.random()));
  return { failures, openedAt: breaker.openedAt ?? at, openUntil: new Date(latest(openUntil, breaker.openUntil)) };
}

export const closed: Breaker = { failures: 0, openedAt: null, openUntil: null };

/**
 * 1C spoke of a warehouse: in answer to the request of the moment given, or by itself (null), which counts as the answer
 * to what is on its way. An answer to an older request leaves a newer one on its way.
 */
export function answered(refresh: Refresh, now: Date, toRequestOf: Date | null, settings: RefreshSettings): Refresh {
  const asOf = toRequestOf ?? (isOnItsWay(refresh) ? refresh.requestedAt : null);
  const isLast = asOf !== null && latest(asOf) >= latest(refresh.requestedAt);
  return {
    ...refresh,
    answerDueAt: isLast ? null : refresh.answerDueAt,
    answeredAt: now,
    answeredAsOf: asOf ? new Date(latest(asOf, refresh.answeredAsOf)) : refresh.answeredAsOf,
    failures: 0,
    nextAttemptAt: refresh.requestedAt && later(refresh.requestedAt, settings.floorMs),
    lastFailure: null,
  };
}

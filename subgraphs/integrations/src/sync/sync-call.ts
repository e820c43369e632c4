import { createHash } from 'node:crypto';
import { DomainError } from '@gastronom/shared/domain-error';
import { isUUID } from '@gastronom/shared/id';
import { quote } from '../row/row-error.ts';
import type { BatchKind } from './sync-batch.entity.ts';

export const mostRows = 1_000;
const futureMs = 5 * 60_000;
const earliest = Date.UTC(2000, 0, 1);
const sourcePattern = /^[a-z0-9_.-]{1,64}$/;

/** What a client sends in one call, before a row of it is looked at. */
export interface RawCall {
  readonly source: string;
  readonly runId?: string | null;
  readonly idempotencyKey?: string | null;
  readonly observedAt?: Date | null;
  readonly warehouse?: string | null;
  readonly items: readonly object[];
}

/** A call whose frame is in order. */
export interface SyncCall {
  readonly kind: BatchKind;
  readonly source: string;
  readonly runId: string | null;
  readonly idempotencyKey: string | null;
  /** As the client says; null where it leaves it to the time of receipt. */
  readonly observedAt: Date | null;
  readonly receivedAt: Date;
  readonly items: readonly object[];
  readonly fingerprint: Buffer;
}

const bad = (message: string) => new DomainError('BAD_USER_INPUT', message);

/** The name of a feed: lower-cased, since `1C-Main` and `1c-main` are one. */
export function readSource(raw: string): string {
  const source = raw.trim().toLowerCase();
  if (sourcePattern.test(source)) return source;
  throw bad(`\`source\` takes 1 to 64 letters, digits and _ . - as in \`1c-main\`: ${quote(raw)} is not.`);
}

function readKey(raw: string | null | undefined): string | null {
  if (raw === undefined || raw === null) return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL does not store NUL, and people cannot see the rest
  if (raw.length >= 1 && raw.length <= 200 && !/[\u0000-\u001f\u007f]/.test(raw) && raw.isWellFormed()) return raw;
  throw bad(`\`idempotencyKey\` takes 1 to 200 printable characters: ${quote(raw)} is not.`);
}

function readObservedAt(observedAt: Date | null | undefined, receivedAt: Date): Date | null {
  if (!observedAt) return null;
  if (observedAt.getTime() < earliest)
    throw bad(`\`observedAt\` is ${observedAt.toISOString()}, before the year 2000: look at the sender’s clock.`);
  if (observedAt.getTime() <= receivedAt.getTime() + futureMs) return observedAt;
  throw bad(
    `\`observedAt\` is ${observedAt.toISOString()}, and here it is ${receivedAt.toISOString()}: more than five minutes in the future. Look at the sender’s clock.`,
  );
}

const noSuchRun = (runId: string) => new DomainError('NOT_FOUND', `There is no sync run ${quote(runId)}.`);

/** The id of a run as it is stored; one that cannot be an id at all is of no run. */
export function readRunId(runId: string): string {
  if (isUUID(runId)) return runId.toLowerCase();
  throw noSuchRun(runId);
}

/** Checks the frame of a call. What is wrong with it is the caller's to mend, and no row is looked at. */
export function readCall(kind: BatchKind, raw: RawCall): SyncCall {
  if (raw.items.length > mostRows)
    throw bad(`A call takes at most 1,000 items, this one has ${raw.items.length.toLocaleString('en')}: send several.`);
  const receivedAt = new Date();
  const source = readSource(raw.source);
  const runId = raw.runId ? readRunId(raw.runId) : null;
  const observedAt = readObservedAt(raw.observedAt, receivedAt);
  const content = JSON.stringify([kind, source, runId, observedAt, raw.warehouse?.trim() ?? null, raw.items]);
  return {
    kind,
    source,
    runId,
    idempotencyKey: readKey(raw.idempotencyKey),
    observedAt,
    receivedAt,
    items: raw.items,
    fingerprint: createHash('sha256').update(content).digest(),
  };
}

/** The lock under which a call runs once, however often it is sent at a time. */
export function lockOf({ kind, source, idempotencyKey, fingerprint }: SyncCall): bigint {
  if (idempotencyKey === null) return fingerprint.readBigInt64BE();
  return createHash('sha256')
    .update(JSON.stringify([kind, source, idempotencyKey]))
    .digest()
    .readBigInt64BE();
}

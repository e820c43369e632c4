import type { PeerResult, SyncOutcomeName } from '../peer.ts';
import type { RowError } from '../row/row-error.ts';
import { rowError } from '../row/row-error.ts';
import type { BatchKind, SyncBatchEntity } from './sync-batch.entity.ts';

/** What a client reads about one row. */
export interface RowAnswer {
  readonly index: number;
  readonly sku: string | null;
  readonly outcome: SyncOutcomeName;
  readonly errors: readonly RowError[];
}

const letters = { CREATED: 'C', UPDATED: 'U', UNCHANGED: 'N', STALE: 'S', PARKED: 'P', REJECTED: 'R' } as const;
const outcomes = Object.fromEntries(Object.entries(letters).map(([outcome, letter]) => [letter, outcome])) as Record<
  string,
  SyncOutcomeName
>;

const nothingWrong: readonly RowError[] = [];

export const answered = (index: number, sku: string | null, outcome: SyncOutcomeName): RowAnswer => ({
  index,
  sku,
  outcome,
  errors: nothingWrong,
});

export const answerOf = ({ index, sku, outcome, errors }: PeerResult): RowAnswer => ({ index, sku, outcome, errors });

/** A row that was in order and that nobody answered for: that is no success. */
const unanswered: readonly RowError[] = [rowError('NOT_APPLIED', null, 'No answer came for this row. Send it again.')];

export const refused = (index: number, sku: string | null, errors: readonly RowError[]): RowAnswer => ({
  index,
  sku,
  outcome: 'REJECTED',
  errors: errors.length > 0 ? errors : unanswered,
});

export const notApplied = (field: string | null, message: string): RowError => rowError('NOT_APPLIED', field, message);

const written = new Set<SyncOutcomeName>(['CREATED', 'UPDATED']);

/**
 * What a row of goods came to that brought stock too. Goods made are CREATED; else whatever was written makes it UPDATED,
 * also where the goods' own part was STALE; where nothing was, the goods' part speaks.
 */
export const withStock = (goods: SyncOutcomeName, stock: SyncOutcomeName): SyncOutcomeName =>
  goods !== 'CREATED' && written.has(stock) ? 'UPDATED' : goods;

/** What two attempts at one row came to: what the first wrote was written by this call, whatever the second found. */
export const afterRetry = (first: SyncOutcomeName | undefined, second: SyncOutcomeName): SyncOutcomeName =>
  first && written.has(first) && (first === 'CREATED' || !written.has(second)) ? first : second;

export type AnswerColumns = Pick<
  SyncBatchEntity,
  'outcomes' | 'skus' | 'errors' | 'received' | 'created' | 'updated' | 'unchanged' | 'stale' | 'parked' | 'rejected'
>;

/** An answer in the form in which it is kept: a thousand rows in some twenty kilobytes. */
export function toColumns(answers: readonly RowAnswer[]): AnswerColumns {
  const counts = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, STALE: 0, PARKED: 0, REJECTED: 0 };
  const errors: Record<string, readonly RowError[]> = {};
  let text = '';
  for (const answer of answers) {
    counts[answer.outcome] += 1;
    text += letters[answer.outcome];
    if (answer.errors.length > 0) errors[answer.index] = answer.errors;
  }
  return {
    outcomes: text,
    skus: answers.map(({ sku }) => sku),
    errors,
    received: answers.length,
    created: counts.CREATED,
    updated: counts.UPDATED,
    unchanged: counts.UNCHANGED,
    stale: counts.STALE,
    parked: counts.PARKED,
    rejected: counts.REJECTED,
  };
}

export const outcomeAt = (batch: Pick<SyncBatchEntity, 'outcomes'>, index: number): SyncOutcomeName | undefined =>
  outcomes[batch.outcomes[index] ?? ''];

/** Groups and warehouses have no SKU: what is kept of them there is only to tell which batches were about the same ones. */
const hasSku = (kind: BatchKind): boolean => kind === 'PRODUCTS' || kind === 'STOCKS';

/** Answers as the client reads them. */
export const shown = (kind: BatchKind, answers: readonly RowAnswer[]): readonly RowAnswer[] =>
  hasSku(kind) ? answers : answers.map((answer) => ({ ...answer, sku: null }));

/** The answer that was given, again. */
export function fromColumns(
  batch: Pick<SyncBatchEntity, 'kind' | 'outcomes' | 'skus' | 'errors'>,
): readonly RowAnswer[] {
  const answers = batch.skus.map((sku, index) => ({
    index,
    sku,
    outcome: outcomeAt(batch, index) ?? 'REJECTED',
    errors: batch.errors[index] ?? nothingWrong,
  }));
  return shown(batch.kind, answers);
}

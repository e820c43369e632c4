/** What became of one row of a batch, as the caller of an internal operation reads it. */
export type RowOutcome = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'STALE' | 'PARKED' | 'REJECTED';

export interface RowError {
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
}

export interface RowResult {
  readonly index: number;
  readonly sku: string | null;
  readonly outcome: RowOutcome;
  readonly errors: readonly RowError[];
}

export const applied = (index: number, sku: string | null, outcome: RowOutcome): RowResult => ({
  index,
  sku,
  outcome,
  errors: [],
});

export const rejected = (
  index: number,
  sku: string | null,
  code: string,
  field: string,
  message: string,
): RowResult => ({ index, sku, outcome: 'REJECTED', errors: [{ code, field, message }] });

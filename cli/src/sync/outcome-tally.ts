export const outcomes = ['CREATED', 'UPDATED', 'UNCHANGED', 'STALE', 'PARKED', 'REJECTED'] as const;
export type Outcome = (typeof outcomes)[number];

/** How many rows ended how. */
export type OutcomeCounts = Record<Outcome, number>;

export const noOutcomes = (): OutcomeCounts => ({
  CREATED: 0,
  UPDATED: 0,
  UNCHANGED: 0,
  STALE: 0,
  PARKED: 0,
  REJECTED: 0,
});

/** What a run has done so far; kept in the state file, so that a resumed run accounts for every row too. */
export interface SyncTally {
  goods: OutcomeCounts;
  stocks: OutcomeCounts;
  /** Rows that never left the reader. */
  unreadable: number;
}

export const noTally = (): SyncTally => ({ goods: noOutcomes(), stocks: noOutcomes(), unreadable: 0 });

export const rowsIn = (counts: OutcomeCounts): number => outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);

export const rejectedIn = (tally: SyncTally): number => tally.goods.REJECTED + tally.stocks.REJECTED + tally.unreadable;

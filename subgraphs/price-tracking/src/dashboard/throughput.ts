import { type CheckOutcomeName, checkOutcomes } from '../tracked-url/tracked-url.entity.ts';
import type { HourRow } from './dashboard.repository.ts';
import type { CheckThroughput } from './dashboard.type.ts';

const sum = (rows: readonly HourRow[], of: (row: HourRow) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000);

/** What looks at pages came to in so many hours. */
export function throughputOf(rows: readonly HourRow[], hours: number, waiting: number): CheckThroughput {
  const checks = sum(rows, (row) => row.checks);
  const waitedMs = sum(rows, (row) => Number(row.waitedMs));
  const fetchedMs = sum(rows, (row) => Number(row.fetchedMs));
  const byHour = Map.groupBy(rows, ({ hour }) => hour.getTime());
  const ofOutcome = (outcome: CheckOutcomeName) => rows.filter((row) => row.outcome === outcome);
  return {
    checks,
    checksPerHour: Math.round((checks / hours) * 100) / 100,
    waiting,
    bytes: sum(rows, (row) => Number(row.bytes)),
    averageFetchMs: checks === 0 ? null : Math.round(fetchedMs / checks),
    waitingShare: share(waitedMs, waitedMs + fetchedMs),
    outcomes: checkOutcomes.map((outcome) => {
      const count = sum(ofOutcome(outcome), (row) => row.checks);
      return { outcome, checks: count, share: share(count, checks) };
    }),
    hours: [...byHour].map(([hour, of]) => ({
      from: new Date(hour),
      checks: sum(of, (row) => row.checks),
      failures: sum(
        of.filter(({ outcome }) => outcome !== 'OK'),
        (row) => row.checks,
      ),
    })),
  };
}

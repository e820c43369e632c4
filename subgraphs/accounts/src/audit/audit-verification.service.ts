import type { EntityManager } from 'typeorm';
import { type AuditEnds, type AuditProblem, AuditVerificationRepository } from './audit-verification.repository.ts';

export interface VerifiedAudit {
  readonly valid: boolean;
  readonly checked: number;
  readonly next: number | null;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly problem: AuditProblem | null;
}

/** How many entries one statement looks at: a fraction of a second. */
const chunk = 10_000;

/** What the ends of the log tell: the head counts what was appended, whatever stands there. */
function problemOfEnds({ seq, first, last, isWhole }: AuditEnds): AuditProblem | null {
  if (first < 1 && last > 0) return { seq: first, kind: 'ADDED' };
  if (last > seq) return { seq: last, kind: 'ADDED' };
  if (last < seq) return { seq: last + 1, kind: 'CUT' };
  return isWhole ? null : { seq, kind: 'CHANGED' };
}

/** Checks the log from an entry on, by our own reckoning of what its hashes should be. */
export async function verifyAudit(manager: EntityManager, from: number, count: number): Promise<VerifiedAudit> {
  const repository = new AuditVerificationRepository(manager);
  const ends = await repository.getEnds();
  const end = Math.min(ends.seq, ends.last);
  const last = Math.min(from + count - 1, end);
  let problem: AuditProblem | null = null;
  let checked = 0;
  for (let start = from; start <= last && !problem; start += chunk) {
    const to = Math.min(start + chunk - 1, last);
    problem = await repository.findBroken(start, to);
    checked += (problem?.seq ?? to) - start + 1;
  }
  if (last >= end) problem ??= problemOfEnds(ends);
  return {
    valid: !problem,
    checked,
    next: problem || last >= end ? null : last + 1,
    head: { seq: ends.seq, hash: ends.hash },
    problem,
  };
}

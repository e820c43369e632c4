import type { EntityManager } from 'typeorm';
import { auditText } from './audit-text.sql.ts';

export type AuditProblemName = 'MISSING' | 'CHANGED' | 'UNLINKED' | 'CUT' | 'ADDED';

export interface AuditProblem {
  readonly seq: number;
  readonly kind: AuditProblemName;
}

export interface AuditEnds {
  /** What the head says of the newest entry. */
  readonly seq: number;
  readonly hash: string;
  /** The first and the last entry that stand there; 0 in an empty log. */
  readonly first: number;
  readonly last: number;
  /** Whether the newest entry bears the hash that the head knows. */
  readonly isWhole: boolean;
}

/** Both ends of the log, and whether they are what the chain says: one statement, so that nothing is appended between. */
const endsSql = `
SELECT coalesce(head.seq, 0)::int AS seq, coalesce(encode(head.hash, 'hex'), repeat('0', 64)) AS hash,
  coalesce(entries.first, 0)::int AS first, coalesce(entries.last, 0)::int AS last,
  entries.last IS NULL OR EXISTS (SELECT FROM audit_entries WHERE seq = head.seq AND hash = head.hash) AS "isWhole"
FROM (SELECT min(seq) AS first, max(seq) AS last FROM audit_entries) AS entries LEFT JOIN audit_head AS head ON true`;

/** $1 to $2, with the entry before, on which the first must follow. */
const brokenSql = `
SELECT seq::int AS seq, CASE WHEN is_missing THEN 'MISSING' WHEN is_changed THEN 'CHANGED' ELSE 'UNLINKED' END AS kind
FROM (
  SELECT place.seq, entry.seq IS NULL AS is_missing,
    entry.hash IS DISTINCT FROM sha256(convert_to(${auditText('entry')}, 'UTF8')) AS is_changed,
    entry.previous_hash IS DISTINCT FROM lag(CASE place.seq WHEN 0 THEN decode(repeat('00', 32), 'hex') ELSE entry.hash END)
      OVER (ORDER BY place.seq) AS is_unlinked
  FROM generate_series($1::bigint - 1, $2::bigint) AS place(seq)
  LEFT JOIN audit_entries AS entry ON entry.seq = place.seq AND entry.seq BETWEEN $1::bigint - 1 AND $2::bigint
) AS checked
WHERE seq >= $1 AND (is_missing OR is_changed OR is_unlinked)
ORDER BY seq LIMIT 1`;

export class AuditVerificationRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async getEnds(): Promise<AuditEnds> {
    const [ends] = await this.#manager.query<AuditEnds[]>(endsSql);
    if (!ends) throw new Error('an aggregate gave no row');
    return ends;
  }

  /** The first entry in the range that is not as the chain wants it. */
  async findBroken(from: number, to: number): Promise<AuditProblem | null> {
    const [broken] = await this.#manager.query<AuditProblem[]>(brokenSql, [from, to]);
    return broken ?? null;
  }
}

import type { GraphClient } from '../graph-client.ts';

export interface AuditEntry {
  seq: number;
  id: string;
  occurredAt: string;
  recordedAt: string;
  actor: { kind: 'USER' | 'KEY' | 'INTERNAL' | 'ANONYMOUS'; id: string | null; user: { name: string | null } | null };
  ip: string | null;
  userAgent: string | null;
  requestId: string;
  action: string;
  subject: { type: string; id: string };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  hash: string;
  previousHash: string;
  hashedText: string | null;
}

export type AuditFilter = Partial<
  Record<'actor' | 'action' | 'subjectType' | 'subjectId' | 'ip' | 'from' | 'to', string>
>;

interface Head {
  seq: number;
  hash: string;
}

export interface Verification {
  checked: number;
  next: number | null;
  head: Head;
  problem: { seq: number; kind: string } | null;
}

interface LogPage {
  auditLog: { nodes: AuditEntry[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

/** Entries, newest first, as many as are wanted. */
export async function* readAuditLog(
  client: GraphClient,
  filter: AuditFilter,
  limit: number,
  withTexts = false,
): AsyncGenerator<AuditEntry> {
  const query = `query Audit($filter: AuditLogFilter, $first: Int, $after: String) {
    auditLog(filter: $filter, first: $first, after: $after) {
      nodes {
        seq id occurredAt recordedAt actor { kind id user { name } } ip userAgent requestId action
        subject { type id } before after hash previousHash ${withTexts ? 'hashedText' : ''}
      }
      pageInfo { hasNextPage endCursor }
    }
  }`;
  let after: string | null = null;
  for (let left = limit; left > 0; ) {
    const variables: Record<string, unknown> = { filter, first: Math.min(left, 100), after };
    const { auditLog }: LogPage = await client.request<LogPage>(query, variables);
    yield* auditLog.nodes;
    left -= auditLog.nodes.length;
    if (!auditLog.pageInfo.hasNextPage) return;
    after = auditLog.pageInfo.endCursor;
  }
}

/** Has the server check the log, part after part, to its end or to what is wrong first. */
export async function verifyAuditLog(client: GraphClient): Promise<Verification> {
  const query = `query Verify($from: Int!) {
    auditVerification(from: $from) { checked next head { seq hash } problem { seq kind } }
  }`;
  let checked = 0;
  for (let from = 1; ; ) {
    const { auditVerification: part } = await client.request<{ auditVerification: Verification }>(query, { from });
    checked += part.checked;
    if (part.problem || part.next === null) return { ...part, checked };
    from = part.next;
  }
}

/** The hash of an entry; nothing where there is none. */
export async function readHash(client: GraphClient, seq: number): Promise<string | undefined> {
  const query = 'query Entry($seq: Int!) { auditEntry(seq: $seq) { hash } }';
  const { auditEntry } = await client.request<{ auditEntry: { hash: string } | null }>(query, { seq });
  return auditEntry?.hash;
}

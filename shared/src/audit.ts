import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { defineJob } from './jobs/job.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import type { SubgraphRequest } from './subgraph.ts';
import { actorOf, type Client, clientSchema } from './viewer.ts';

/** A sensitive act, as whoever does it tells of it. Values are shown to admins: nothing secret may stand in them. */
export interface AuditAct {
  /** Noun and verb, as `buffer.set`; docs/AUDIT.md lists them. */
  readonly action: string;
  /** What it was done to: the GraphQL type, and the id that it has in the graph. */
  readonly subject: { readonly type: string; readonly id: string };
  /** What it was before, and what it is now: the columns that changed; null where there was or is nothing. */
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
}

const values = z.record(z.string(), z.unknown()).nullable();

/** An act as it travels to the log, and as it stands there. */
export const auditRecordSchema = z.object({
  /** One id for each act: delivered twice, it is written once. */
  id: z.uuid(),
  occurredAt: z.iso.datetime(),
  actor: z.string(),
  client: clientSchema.nullable(),
  requestId: z.string(),
  action: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  before: values,
  after: values,
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;

/** Done by accounts, which keeps the log. Tried for a quarter of a year: an act that was done must stand in it. */
export const recordAuditJob = defineJob({
  name: 'record-audit',
  payload: auditRecordSchema,
  retries: 26_000,
  keepDays: 90,
  retrySeconds: 2,
  retryMaxSeconds: 300,
  batchSize: 200,
});

const longestUserAgent = 500;

/** As PostgreSQL can hold it: an act must not fail because a client's text is torn. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '');

/** Values as JSON has them, dates as text. */
const plain = (given: AuditAct['before']): Record<string, unknown> | null =>
  given
    ? JSON.parse(JSON.stringify(given), (_key, value) => (typeof value === 'string' ? storable(value) : value))
    : null;

const plainClient = ({ ip, userAgent }: Client): Client => ({
  ip: storable(ip),
  ...(userAgent === undefined ? {} : { userAgent: storable(userAgent).slice(0, longestUserAgent).toWellFormed() }),
});

/** Tells the audit log of an act, in the transaction that does it: neither stands without the other. */
export function recordAudit(
  jobs: JobQueue,
  manager: EntityManager,
  request: Pick<SubgraphRequest, 'viewer' | 'client' | 'requestId'>,
  { action, subject, before, after }: AuditAct,
): Promise<void> {
  return jobs.send(manager, recordAuditJob, {
    id: randomUUID(),
    occurredAt: new Date().toISOString(),
    actor: actorOf(request.viewer),
    client: request.client ? plainClient(request.client) : null,
    requestId: request.requestId,
    action,
    subject: { type: subject.type, id: storable(subject.id) },
    before: plain(before),
    after: plain(after),
  });
}

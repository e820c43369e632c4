import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { GraphClient } from '../graph-client.ts';
import { type AuditEntry, readAuditLog } from './audit-graph.ts';

const actorPrefixes = { USER: 'user:', KEY: 'key:', INTERNAL: 'internal:', ANONYMOUS: 'anonymous' } as const;

/** What the hashed text must hold, told from what the entry shows. */
const shown = (entry: AuditEntry): unknown[] => [
  entry.previousHash,
  entry.seq,
  entry.id,
  entry.occurredAt,
  entry.recordedAt,
  `${actorPrefixes[entry.actor.kind]}${entry.actor.id ?? ''}`,
  entry.ip,
  entry.userAgent,
  entry.requestId,
  entry.action,
  entry.subject.type,
  entry.subject.id,
  entry.before,
  entry.after,
];

/** Why an entry is not what its hash vouches for. */
export function faultOf(entry: AuditEntry): string | undefined {
  const { hashedText, hash } = entry;
  if (hashedText === null || createHash('sha256').update(hashedText).digest('hex') !== hash)
    return 'its hash is not that of its text';
  if (!isDeepStrictEqual(JSON.parse(hashedText), shown(entry))) return 'its text says other things than it shows';
  return undefined;
}

/**
 * Reckons the hashes of the newest entries on this machine, so that neither the server nor its database has to be believed.
 * @returns how many were reckoned, or what is wrong.
 */
export async function recompute(client: GraphClient, limit: number): Promise<{ reckoned: number; fault?: string }> {
  let newer: AuditEntry | undefined;
  let reckoned = 0;
  for await (const entry of readAuditLog(client, {}, limit, true)) {
    const isLinked = !newer || (newer.seq === entry.seq + 1 && newer.previousHash === entry.hash);
    const fault = isLinked ? faultOf(entry) : `the entry ${newer?.seq} does not follow on it`;
    if (fault) return { reckoned, fault: `entry ${entry.seq}: ${fault}` };
    reckoned += 1;
    newer = entry;
  }
  if (newer?.seq === 1 && newer.previousHash !== '0'.repeat(64))
    return { reckoned, fault: 'entry 1: it follows on something' };
  return { reckoned };
}

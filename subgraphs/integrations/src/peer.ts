import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import type { SubgraphClient } from '@gastronom/shared/subgraph-client';
import type { RowError } from './row/row-error.ts';

/** What became of one row, as the owner of the goods tells it. */
export interface PeerResult {
  readonly index: number;
  readonly sku: string | null;
  readonly outcome: SyncOutcomeName;
  readonly errors: readonly RowError[];
}

export type SyncOutcomeName = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'STALE' | 'PARKED' | 'REJECTED';

/** What every batch tells about itself to those who apply it. */
export interface BatchHead {
  readonly source: string;
  readonly runId: string;
  readonly observedAt: Date;
  readonly actor: string;
  /** Rows of a snapshot need not vouch for themselves: its end does, for all at once. */
  readonly mode: 'DELTA' | 'SNAPSHOT';
}

export interface SnapshotInput extends BatchHead {
  /** Count only. */
  readonly dryRun: boolean;
  /** Goods that the run named in rows that were rejected: a row that cannot be read is no sign that goods are gone. */
  readonly keep: readonly string[];
}

/** The moment as text, the same in one process and over HTTP. */
export const wire = <Head extends BatchHead>(head: Head) => ({ ...head, observedAt: head.observedAt.toISOString() });

/** Another subgraph did not do what it was asked, for whatever reason; nobody knows whether it did half of it. */
export class PeerError extends Error {
  readonly peer: string;

  constructor(peer: string, cause: unknown) {
    super(`${peer}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'PeerError';
    this.peer = peer;
  }
}

/** Calls one operation of another subgraph. Whatever goes wrong comes out as a PeerError, and in the log. */
export async function callPeer<Answer>(
  client: SubgraphClient,
  peer: string,
  operation: { readonly query: string; readonly field: string; readonly variables: Record<string, unknown> },
  request: SubgraphRequest,
): Promise<Answer> {
  try {
    const { query, variables } = operation;
    const data = await client.call<Record<string, Answer>>(peer, { query, variables }, request);
    return data[operation.field] as Answer;
  } catch (error) {
    request.logger.error({ err: error, peer, operation: operation.field }, 'a subgraph did not do its part of a sync');
    throw new PeerError(peer, error);
  }
}

import type { PooledDataSource } from '../database/pooled-data-source.ts';
import { beforeRead, gauge } from '../metrics.ts';

const connections = gauge(
  'gastronom_database_connections',
  'Connections of a subgraph’s pool, in use and idle; requests that wait for one; and connections for quick reads.',
  ['subgraph', 'state'],
);

interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** Tells how busy the pool of a subgraph is, for as long as there is one. */
export function watchPool(subgraph: string, dataSource: PooledDataSource): void {
  // Held by nothing here: a pool that is closed is forgotten, at the latest when metrics are read next.
  const held = new WeakRef(dataSource);
  const end = beforeRead(() => {
    const source = held.deref();
    const pool = source?.isInitialized ? (source.driver as unknown as { master?: Pool }).master : undefined;
    if (!pool) return end();
    connections.set({ subgraph, state: 'in_use' }, pool.totalCount - pool.idleCount);
    connections.set({ subgraph, state: 'idle' }, pool.idleCount);
    connections.set({ subgraph, state: 'waiting' }, pool.waitingCount);
    connections.set({ subgraph, state: 'pipelined' }, source?.pipelines ?? 0);
  });
}

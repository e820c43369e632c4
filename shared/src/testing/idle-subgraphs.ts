import type { ExecutionResult } from 'graphql';
import { subgraphDataSource, subgraphUrl } from '../database/subgraph-database.ts';
import { Jobs, jobsName } from '../jobs/job-queue.ts';
import { mountSubgraph } from '../local-subgraph.ts';
import { createLogger } from '../logger.ts';
import { localBroadcast } from '../redis/broadcast.ts';
import type { SubgraphDefinition, SubgraphOperation, SubgraphTransport } from '../subgraph.ts';
import type { Viewer } from '../viewer.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** Several subgraphs on one database, reaching one another. Jobs are enqueued and not done: nothing moves by itself. */
export interface IdleSubgraphs {
  readonly database: TestDatabase;
  execute(subgraph: string, operation: SubgraphOperation, viewer: Viewer): Promise<ExecutionResult>;
  /** The SQL statements of all subgraphs since the last call. */
  statements(): string[];
  close(): Promise<void>;
}

export async function createIdleSubgraphs(definitions: readonly SubgraphDefinition[]): Promise<IdleSubgraphs> {
  const database = await createTestDatabase();
  const { ownerUrl, secret } = database;
  const logger = createLogger('test', 'silent');
  const transports = new Map<string, SubgraphTransport>();
  const wayTo = (name: string): SubgraphTransport => {
    const transport = transports.get(name);
    if (!transport) throw new Error(`there is no subgraph ${name}`);
    return transport;
  };
  let seen: string[] = [];
  const jobs = await Jobs.start({ url: subgraphUrl(ownerUrl, secret, jobsName), logger, works: false });
  for (const definition of definitions) {
    const url = subgraphUrl(ownerUrl, secret, definition.name);
    const onStatement = (sql: string) => seen.push(sql);
    const dataSource = await subgraphDataSource(definition.database, { url, poolSize: 2, onStatement });
    const environment = { dataSource, subgraphs: wayTo, jobs, broadcast: localBroadcast(), logger };
    transports.set(definition.name, await mountSubgraph(definition, environment));
  }
  return {
    database,
    execute: (subgraph, operation, viewer) =>
      wayTo(subgraph).execute(operation, { viewer, client: { ip: '192.0.2.1' }, requestId: 'test', logger }),
    statements() {
      const statements = seen;
      seen = [];
      return statements;
    },
    async close() {
      await jobs.stop();
      for (const transport of transports.values()) await transport.close();
      await database.drop();
    },
  };
}

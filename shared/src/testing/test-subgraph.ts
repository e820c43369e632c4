import type { ExecutionResult } from 'graphql';
import type { DataSource } from 'typeorm';
import { subgraphDataSource, subgraphUrl } from '../database/subgraph-database.ts';
import { Jobs, jobsName } from '../jobs/job-queue.ts';
import { mountSubgraph } from '../local-subgraph.ts';
import { createLogger } from '../logger.ts';
import { type Broadcast, localBroadcast } from '../redis/broadcast.ts';
import type { SubgraphDefinition, SubgraphTransport } from '../subgraph.ts';
import type { Viewer } from '../viewer.ts';
import { createTestDatabase } from './test-database.ts';

/** One viewer of each kind, for tables of who may do what. */
export const viewers = {
  anonymous: { kind: 'anonymous' },
  customer: { kind: 'user', userId: '00000000-0000-4000-8000-0000000000c1', role: 'CUSTOMER' },
  staff: { kind: 'user', userId: '00000000-0000-4000-8000-0000000000c2', role: 'STAFF' },
  admin: { kind: 'user', userId: '00000000-0000-4000-8000-0000000000c3', role: 'ADMIN' },
  service: { kind: 'service', keyId: '00000000-0000-4000-8000-0000000000c4', name: 'scraper', scopes: ['sync:write'] },
  internal: { kind: 'internal', name: 'test' },
} as const satisfies Record<string, Viewer>;

export interface TestAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  readonly data: any;
  readonly errors:
    | readonly {
        readonly message: string;
        readonly extensions?: Record<string, unknown>;
        readonly path?: readonly (string | number)[];
      }[]
    | undefined;
}

export interface TestSubgraph {
  execute(query: string, variables?: Record<string, unknown>, viewer?: Viewer): Promise<TestAnswer>;
  /** The SQL statements since the last call. */
  statements(): string[];
  readonly dataSource: DataSource;
  readonly jobs: Jobs;
  readonly broadcast: Broadcast;
  readonly transport: SubgraphTransport;
  /** Looks at the tables as the superuser. */
  ownerQuery<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Plain objects, as they would come over the wire. */
const overTheWire = (result: ExecutionResult): TestAnswer =>
  JSON.parse(JSON.stringify({ data: result.data ?? null, errors: result.errors }));

/**
 * One subgraph on a database of its own. Calls to other subgraphs go to the transports given; jobs are enqueued, and done
 * where the test says that it works.
 */
export async function createTestSubgraph(
  definition: SubgraphDefinition,
  options: { subgraphs?: Record<string, SubgraphTransport>; works?: boolean } = {},
): Promise<TestSubgraph> {
  const database = await createTestDatabase();
  let seen: string[] = [];
  const dataSource = await subgraphDataSource(definition.database, {
    url: subgraphUrl(database.ownerUrl, database.secret, definition.name),
    poolSize: 10,
    onStatement: (sql) => seen.push(sql),
  });
  const logger = createLogger(definition.name, 'silent');
  const subgraphs = (name: string): SubgraphTransport => {
    const transport = options.subgraphs?.[name];
    if (!transport) throw new Error(`this test gave no transport for the subgraph ${name}`);
    return transport;
  };
  const works = options.works ?? false;
  const jobs = await Jobs.start({ url: subgraphUrl(database.ownerUrl, database.secret, jobsName), logger, works });
  const broadcast = localBroadcast();
  const environment = { dataSource, subgraphs, jobs, broadcast, logger };
  const transport = await mountSubgraph(definition, environment);
  if (works) await jobs.work(definition.createWorker?.(environment) ?? []);
  return {
    async execute(query, variables = {}, viewer = viewers.anonymous) {
      return overTheWire(await transport.execute({ query, variables }, { viewer, requestId: 'test', logger }));
    },
    statements() {
      const statements = seen;
      seen = [];
      return statements;
    },
    dataSource,
    jobs,
    broadcast,
    transport,
    ownerQuery: (sql, parameters) => database.query(sql, parameters),
    async close() {
      await jobs.stop();
      await transport.close();
      await database.drop();
    },
  };
}

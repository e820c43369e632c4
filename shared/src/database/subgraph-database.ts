import { AbstractLogger, type DataSource, type DataSourceOptions, type LogMessage, type MixedList } from 'typeorm';
import { watchPool } from '../metrics/pool-metrics.ts';
import { deriveSecret } from '../secrets.ts';
import { SnakeCaseNaming } from './naming.ts';
import { PooledDataSource } from './pooled-data-source.ts';
import { preparingClient } from './preparing-client.ts';
import { readTypes } from './read-types.ts';

/** What a subgraph keeps in its own schema: the rows and the migrations that made their tables. */
export interface SubgraphDatabase {
  /** Name of the subgraph: its schema has the same name, its role the prefix `gastronom_`. */
  readonly name: string;
  readonly entities: MixedList<abstract new () => unknown>;
  readonly migrations: MixedList<new () => unknown>;
}

export const roleOf = (subgraph: string): string => `gastronom_${subgraph.replaceAll('-', '_')}`;
export const schemaOf = (subgraph: string): string => subgraph.replaceAll('-', '_');

/** The password of a subgraph's role, derived from the internal secret. */
export const rolePassword = (secret: string, subgraph: string): string =>
  deriveSecret(secret, `database-role:${subgraph}`);

/** The address under which a subgraph reaches its own schema, and no other. */
export function subgraphUrl(databaseUrl: string, secret: string, subgraph: string): string {
  const url = new URL(databaseUrl);
  url.username = roleOf(subgraph);
  url.password = rolePassword(secret, subgraph);
  return url.href;
}

export interface ConnectOptions {
  readonly url: string;
  readonly poolSize: number;
  /** Whether a pooler stands between, which may give each transaction another connection: then nothing is prepared. */
  readonly isPooled?: boolean;
  /** Told of each statement before it runs. */
  readonly onStatement?: (sql: string) => void;
}

/** An address of its own for migrations says that the usual one leads through a pooler. */
export const isPooled = (url: string | undefined, directUrl: string | undefined): boolean =>
  directUrl !== undefined && directUrl !== url;

/** Passes statements on to one who counts them. Errors reach the caller anyway, so nothing else is logged here. */
class StatementListener extends AbstractLogger {
  readonly #onStatement: (sql: string) => void;

  constructor(onStatement: (sql: string) => void) {
    super(['query']);
    this.#onStatement = onStatement;
  }

  protected override writeLog(
    _level: string,
    message: LogMessage | string | number | (LogMessage | string | number)[],
  ): void {
    for (const entry of [message].flat()) if (typeof entry === 'object') this.#onStatement(String(entry.message));
  }
}

const baseOptions = (database: SubgraphDatabase, url: string): Extract<DataSourceOptions, { type: 'postgres' }> => ({
  type: 'postgres',
  url,
  schema: schemaOf(database.name),
  entities: database.entities as never,
  migrations: database.migrations as never,
  migrationsTableName: 'migration',
  namingStrategy: new SnakeCaseNaming(),
  synchronize: false,
  installExtensions: false,
  logging: false,
  applicationName: `gastronom-${database.name}`,
});

/** For how long a connection is kept that nobody uses: a new one has to log in, and to prepare all anew. */
const idleMs = 5 * 60_000;

/** Connections of a pool that are for quick reads: so few that many reads meet on each. A small pool has few to spare. */
const pipelinesOf = (poolSize: number): number => Math.min(2, Math.floor(poolSize / 4));

/** A pool of connections as the subgraph's own role. */
export async function subgraphDataSource(database: SubgraphDatabase, options: ConnectOptions): Promise<DataSource> {
  const listener = options.onStatement
    ? { logging: ['query' as const], logger: new StatementListener(options.onStatement) }
    : {};
  const pipelines = options.isPooled ? 0 : pipelinesOf(options.poolSize);
  const dataSource = new PooledDataSource(
    {
      ...baseOptions(database, options.url),
      ...listener,
      poolSize: options.poolSize - pipelines,
      extra: {
        idleTimeoutMillis: idleMs,
        types: readTypes,
        ...(options.isPooled ? {} : { Client: preparingClient() }),
      },
    },
    pipelines,
  );
  await dataSource.initialize();
  watchPool(database.name, dataSource);
  return dataSource;
}

/** One connection as the owner, for migrations. */
export function ownerDataSource(database: SubgraphDatabase, url: string): Promise<DataSource> {
  const searchPath = `-c search_path=${schemaOf(database.name)},extensions`;
  return new PooledDataSource({
    ...baseOptions(database, url),
    poolSize: 1,
    extra: { options: searchPath },
  }).initialize();
}

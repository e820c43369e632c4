import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentServiceKey, ensureDemoIdentities } from '@gastronom/gateway/development';
import { readGatewaySettings } from '@gastronom/gateway/env';
import { startGateway } from '@gastronom/gateway/gateway';
import { mountAll } from '@gastronom/gateway/one-process';
import { definitions } from '@gastronom/gateway/subgraph-definitions';
import type { SubgraphFleet } from '@gastronom/gateway/subgraph-fleet';
import { startEmbeddedPostgres } from '@gastronom/shared/database/embedded-postgres';
import { migrate } from '@gastronom/shared/database/migrate';
import { createLogger } from '@gastronom/shared/logger';
import { developmentSecrets } from '@gastronom/shared/secrets';
import pg from 'pg';

export interface BenchDatabase {
  readonly url: string;
  readonly secret: string;
  readonly dataDir: string;
  /** PostgreSQL's own process. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** Has PostgreSQL count its statements from the next start on. */
async function countStatements(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('ALTER SYSTEM SET shared_preload_libraries = pg_stat_statements');
  await client.query('CREATE EXTENSION pg_stat_statements');
  await client.end();
}

/** A migrated PostgreSQL as a shop would run it (fsync on), in a temporary folder. */
export async function startDatabase({ countsStatements = false } = {}): Promise<BenchDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gastronom-bench-'));
  const secrets = developmentSecrets(dataDir);
  const options = { dataDir, password: secrets.databasePassword };
  let postgres = await startEmbeddedPostgres(options);
  if (countsStatements) {
    await countStatements(postgres.url);
    await postgres.stop();
    postgres = await startEmbeddedPostgres(options);
  }
  const databases = definitions.map((definition) => definition.database);
  await migrate(databases, postgres.url, secrets.internalSecret);
  return {
    url: postgres.url,
    secret: secrets.internalSecret,
    dataDir,
    pid: postgres.pid,
    async stop() {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface BenchGraph {
  readonly url: string;
  readonly key: string;
  readonly fleet: SubgraphFleet;
  stop(): Promise<void>;
}

/** The product in one process on that database, on a port of its own. */
export async function startGraph(database: Pick<BenchDatabase, 'url' | 'secret' | 'dataDir'>): Promise<BenchGraph> {
  const settings = readGatewaySettings({ PORT: '0', DATA_DIR: database.dataDir, LOG_LEVEL: 'warn' });
  const logger = createLogger('bench', 'warn');
  const fleet = await mountAll(definitions, {
    databaseUrl: database.url,
    secret: database.secret,
    poolSize: 10,
    logger,
  });
  const gateway = await startGateway(fleet, settings, logger);
  const secrets = developmentSecrets(database.dataDir);
  await ensureDemoIdentities(fleet.directory, secrets, logger);
  return { url: `${gateway.url}/graphql`, key: developmentServiceKey(secrets), fleet, stop: () => gateway.stop() };
}

/** Asks the graph, and fails on errors. */
export async function ask<Data>(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  key?: string,
): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]?.message);
  return data;
}

const syncDocument = `mutation Sync($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }`;

/** Brings goods as a scraper does, a thousand a call, one call after the other. */
export async function sendGoods(
  { url, key }: Pick<BenchGraph, 'url' | 'key'>,
  items: readonly Record<string, unknown>[],
): Promise<void> {
  for (let from = 0; from < items.length; from += 1_000)
    await ask(url, syncDocument, { input: { source: 'bench', items: items.slice(from, from + 1_000) } }, key);
}

import { subgraphUrl } from '@gastronom/shared/database/subgraph-database';
import { Jobs, jobsName } from '@gastronom/shared/jobs/job-queue';
import { createLogger } from '@gastronom/shared/logger';
import type { TestDatabase } from '@gastronom/shared/testing/test-database';
import { z } from 'zod';
import { until } from './one-c-harness.ts';

const schemas = ['accounts', 'catalog', 'inventory', 'suppliers', 'orders', 'integrations'];

/** Nothing is to be done any more but what has a later moment. */
export async function atRest(database: TestDatabase): Promise<void> {
  await until('nothing is left to do', async () => {
    const [row] = await database.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM ${jobsName}.job WHERE state < 'completed' AND start_after <= now()`,
    );
    return row?.waiting === 0;
  });
}

/** Tells each event once more to each job that heard it, as a queue may that delivers at least once. @returns how many. */
export async function tellAgain(database: TestDatabase): Promise<number> {
  const logger = createLogger('test', 'silent');
  const url = subgraphUrl(database.ownerUrl, database.secret, jobsName);
  const jobs = await Jobs.start({ url, logger, works: false });
  try {
    const told = await database.query<{ name: string; data: Record<string, unknown> }>(
      `SELECT job.name, job.data FROM ${jobsName}.job AS job
       JOIN ${jobsName}.subscription AS heard ON heard.name = job.name AND heard.event = job.data->>'type'
       ORDER BY job.created_on DESC`,
    );
    const manager = { query: (sql: string, values: unknown[]) => database.query(sql, values) };
    for (const { name, data } of told)
      await jobs.send(manager as never, { name, payload: z.record(z.string(), z.unknown()) }, data);
    return told.length;
  } finally {
    await jobs.stop();
  }
}

/** Every row of every subgraph, table by table, but for when it was last looked at. */
export async function allRows(database: TestDatabase): Promise<Record<string, string[]>> {
  const tables = await database.query<{ name: string }>(
    `SELECT table_schema || '.' || quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = ANY ($1) AND table_type = 'BASE TABLE' ORDER BY 1`,
    [schemas],
  );
  const rows = tables.map(async ({ name }) => {
    const found = await database.query<{ row: string }>(
      `SELECT (to_jsonb(t) - 'updated_at' - 'computed_at' - 'checked_at')::text AS row FROM ${name} AS t ORDER BY 1`,
    );
    return [name, found.map(({ row }) => row)] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}

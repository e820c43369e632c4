import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { z } from 'zod';
import { readSettings } from '../env.ts';

const testSettings = z.object({
  TEST_DATABASE_URL: z.url(),
  TEST_DATABASE_STRATEGY: z.enum(['file_copy', 'wal_log']).default('wal_log'),
  INTERNAL_SECRET: z.string(),
});

export interface TestDatabase {
  /** Connects as the superuser. */
  readonly ownerUrl: string;
  readonly secret: string;
  /** Looks behind the front door, as the superuser. */
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A clone of the migrated template, for one test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { TEST_DATABASE_URL, TEST_DATABASE_STRATEGY, INTERNAL_SECRET } = readSettings(testSettings);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(TEST_DATABASE_URL);
  const template = url.pathname.slice(1);
  url.pathname = '/template1';
  const adminUrl = url.href;
  await withClient(adminUrl, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY ${TEST_DATABASE_STRATEGY}`),
  );
  url.pathname = `/${name}`;
  const ownerUrl = url.href;
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  // Of what is asked at once, each waits for the one before: there is one connection, which keeps its transaction and settings.
  let last: Promise<unknown> = Promise.resolve();
  return {
    ownerUrl,
    secret: INTERNAL_SECRET,
    async query<Row>(sql: string, parameters: unknown[] = []) {
      const ask = () => client.query(sql, parameters);
      const asked = last.then(ask, ask);
      last = asked;
      return (await asked).rows as Row[];
    },
    async drop() {
      await client.end();
      await withClient(adminUrl, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

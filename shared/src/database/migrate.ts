import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { migrateJobs } from './migrate-jobs.ts';
import { ownerDataSource, roleOf, rolePassword, type SubgraphDatabase, schemaOf } from './subgraph-database.ts';

/** Extensions that subgraphs use. They stand in a schema of their own, which every role may use. */
const extensions = ['pg_trgm', 'unaccent', 'citext', 'pgcrypto', 'btree_gin'];
const migrationLock = 7_261_402;

async function prepareCluster(client: Client): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS extensions');
  for (const name of extensions) await client.query(`CREATE EXTENSION IF NOT EXISTS ${name} SCHEMA extensions`);
  await client.query('GRANT USAGE ON SCHEMA extensions TO PUBLIC');
  await client.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
}

/** The subgraph's schema and role. The role may change rows, and neither tables nor another's schema. */
async function prepareSubgraph(client: Client, name: string, secret: string): Promise<void> {
  const role = escapeIdentifier(roleOf(name));
  const schema = escapeIdentifier(schemaOf(name));
  const password = escapeLiteral(rolePassword(secret, name));
  const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [roleOf(name)]);
  await client.query(`${known.rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN PASSWORD ${password}`);
  await client.query(`ALTER ROLE ${role} SET search_path = ${schema}, extensions`);
  // Moments then come in the one form that is read at once, and days begin alike everywhere.
  await client.query(`ALTER ROLE ${role} SET timezone = 'UTC'`);
  // What runs longer is a mistake or stuck; it must not hold locks for ever.
  await client.query(`ALTER ROLE ${role} SET statement_timeout = '60s'`);
  await client.query(`ALTER ROLE ${role} SET idle_in_transaction_session_timeout = '60s'`);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
  const defaults = `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema}`;
  await client.query(`${defaults} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role}`);
  await client.query(`${defaults} GRANT USAGE ON SEQUENCES TO ${role}`);
}

/**
 * Brings every subgraph's schema to the newest form, as the database's owner. Replicas that start together wait for one
 * another. Needs a direct connection: a transaction pooler loses the lock.
 * @returns the names of the migrations that ran.
 */
export async function migrate(
  databases: readonly SubgraphDatabase[],
  ownerUrl: string,
  secret: string,
): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await prepareCluster(client);
    const ran: string[] = [];
    for (const database of databases) {
      await prepareSubgraph(client, database.name, secret);
      const owner = await ownerDataSource(database, ownerUrl);
      try {
        const done = await owner.runMigrations({ transaction: 'each' });
        ran.push(...done.map((migration) => `${database.name}: ${migration.name}`));
      } finally {
        await owner.destroy();
      }
    }
    await migrateJobs(
      client,
      ownerUrl,
      secret,
      databases.map(({ name }) => name),
    );
    return ran;
  } finally {
    await client.end();
  }
}

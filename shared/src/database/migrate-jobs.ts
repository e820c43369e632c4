import { type Client, escapeIdentifier, escapeLiteral } from 'pg';
import { PgBoss } from 'pg-boss';
import { jobsName } from '../jobs/job-queue.ts';
import { roleOf, rolePassword, subgraphUrl } from './subgraph-database.ts';

/** The queue's schema and the role that keeps it. */
async function prepareRole(client: Client, secret: string): Promise<void> {
  const role = escapeIdentifier(roleOf(jobsName));
  const password = escapeLiteral(rolePassword(secret, jobsName));
  const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [roleOf(jobsName)]);
  await client.query(`${known.rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN PASSWORD ${password}`);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${jobsName}`);
  await client.query(`GRANT ALL ON SCHEMA ${jobsName} TO ${role}`);
}

/**
 * A subgraph may enqueue in its own transactions, and see nothing of what others enqueued: jobs are handed out by the
 * queue's role alone.
 */
async function grantEnqueueing(boss: PgBoss, subgraphs: readonly string[]): Promise<void> {
  const db = boss.getDb();
  for (const subgraph of subgraphs) {
    const role = escapeIdentifier(roleOf(subgraph));
    await db.executeSql(`GRANT INSERT, SELECT (id, start_after) ON ${jobsName}.job_common TO ${role}`);
    await db.executeSql(`GRANT SELECT ON ${jobsName}.queue, ${jobsName}.subscription TO ${role}`);
  }
}

/** Brings the job queue to its newest form, as its own role, which owns its tables. */
export async function migrateJobs(
  client: Client,
  ownerUrl: string,
  secret: string,
  subgraphs: readonly string[],
): Promise<void> {
  await prepareRole(client, secret);
  const boss = new PgBoss({
    connectionString: subgraphUrl(ownerUrl, secret, jobsName),
    application_name: 'gastronom-migrate',
    schema: jobsName,
    max: 1,
    createSchema: false,
    supervise: false,
    schedule: false,
  });
  const failures: unknown[] = [];
  boss.on('error', (error) => failures.push(error));
  await boss.start();
  try {
    await grantEnqueueing(boss, subgraphs);
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failures.length > 0) throw failures[0];
  for (const subgraph of subgraphs)
    await client.query(`GRANT USAGE ON SCHEMA ${jobsName} TO ${escapeIdentifier(roleOf(subgraph))}`);
}

import { roleOf, schemaOf, subgraphDataSource, subgraphUrl } from '@gastronom/shared/database/subgraph-database';
import { jobsName } from '@gastronom/shared/jobs/job-queue';
import { createTestDatabase, type TestDatabase } from '@gastronom/shared/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { definitions } from '../src/subgraph-definitions.ts';

const subgraphs = definitions.map(({ name }) => name);
const everyone = [...subgraphs, jobsName];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** What a role may do to tables, and to columns of tables, outside a schema. */
const rights = (role: string, own: string) =>
  database.query<{ place: string; right: string }>(
    `WITH tables AS (
       SELECT c.oid, n.nspname || '.' || c.relname AS place
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname <> $2
         AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'extensions')
     )
     SELECT place, "right" FROM tables,
       unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS "right"
     WHERE has_table_privilege($1, oid, "right")
     UNION
     SELECT place || '.' || attname, "right" FROM tables JOIN pg_attribute ON attrelid = oid AND attnum > 0 AND NOT attisdropped,
       unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS "right"
     WHERE has_column_privilege($1, oid, attnum, "right") AND NOT has_table_privilege($1, oid, "right")
     ORDER BY 1, 2`,
    [role, own],
  );

const jobsTables = [
  { place: 'jobs.job_common', right: 'INSERT' },
  { place: 'jobs.job_common.id', right: 'SELECT' },
  { place: 'jobs.job_common.start_after', right: 'SELECT' },
  { place: 'jobs.queue', right: 'SELECT' },
  { place: 'jobs.subscription', right: 'SELECT' },
];

describe('the database role of a subgraph', () => {
  it.each(subgraphs)('lets %s enqueue jobs, and do nothing else outside its own schema', async (name) => {
    expect(await rights(roleOf(name), schemaOf(name))).toEqual(jobsTables);
  });

  it('of the queue sees the queue alone', async () => {
    expect(await rights(roleOf(jobsName), jobsName)).toEqual([]);
  });

  it.each(everyone)('is nobody else’s, and may make nothing: %s', async (name) => {
    const [attributes] = await database.query(
      `SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
         (SELECT count(*)::int FROM pg_auth_members WHERE member = r.oid) AS memberships,
         (SELECT array_agg(nspname::text) FROM pg_namespace n
          WHERE has_schema_privilege(r.oid, n.oid, 'CREATE') AND nspname NOT LIKE 'pg\\_temp%') AS makes_in,
         (SELECT array_agg(nspname::text ORDER BY nspname::text) FROM pg_namespace n
          WHERE has_schema_privilege(r.oid, n.oid, 'USAGE') AND nspname NOT LIKE 'pg\\_%'
            AND nspname NOT IN ('public', 'information_schema', 'extensions')) AS uses
       FROM pg_roles r WHERE rolname = $1`,
      [roleOf(name)],
    );

    const own = name === jobsName ? [jobsName] : [jobsName, schemaOf(name)].toSorted();
    expect(attributes).toEqual({
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
      rolbypassrls: false,
      memberships: 0,
      // The queue makes partitions of its own table.
      makes_in: name === jobsName ? [jobsName] : null,
      uses: own,
    });
  });

  it.each(definitions)('is refused what it tries: $name', async ({ name, database: own }) => {
    const url = subgraphUrl(database.ownerUrl, database.secret, name);
    const client = await subgraphDataSource(own, { url, poolSize: 1 });
    const others = subgraphs.filter((other) => other !== name);
    try {
      for (const sql of [
        ...others.map((other) => `SELECT * FROM ${schemaOf(other)}.migration`),
        ...others.map((other) => `SET ROLE ${roleOf(other)}`),
        'SELECT data FROM jobs.job_common',
        'DELETE FROM jobs.job_common',
        "UPDATE jobs.job_common SET state = 'completed'",
        `SELECT * FROM jobs.version`,
        'CREATE TABLE mine (x int)',
        'CREATE TABLE public.mine (x int)',
        'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
        'SELECT rolpassword FROM pg_authid',
        "SELECT pg_read_file('postgresql.conf')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        'ALTER ROLE CURRENT_USER SUPERUSER',
      ])
        await expect(client.query(sql)).rejects.toThrow(/permission denied|must be/);
    } finally {
      await client.destroy();
    }
  });
});

import { escapeIdentifier, escapeLiteral } from 'pg';
import type { TestDatabase } from './test-database.ts';

/** What stands in each table of each schema, the job queue's too, as one number a table. */
export type Fingerprint = Readonly<Record<string, string>>;

type Reader = Pick<TestDatabase, 'query'>;

const tablesOf = (database: Reader) =>
  database.query<{ schema: string; name: string }>(
    `SELECT n.nspname AS schema, c.relname AS name
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
     ORDER BY 1, 2`,
  );

/**
 * Takes the fingerprint of a whole database in one statement: two are equal where no row came, went or changed between them.
 * @param about a regular expression: only of rows whose text matches it.
 */
export async function fingerprint(database: Reader, about = ''): Promise<Fingerprint> {
  const selects = (await tablesOf(database)).map(
    ({ schema, name }) =>
      `SELECT ${escapeLiteral(`${schema}.${name}`)} AS name,
         count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) AS content
       FROM ${escapeIdentifier(schema)}.${escapeIdentifier(name)} AS t
       ${about === '' ? '' : `WHERE t::text ~ ${escapeLiteral(about)}`}`,
  );
  const rows = await database.query<{ name: string; content: string }>(selects.join('\nUNION ALL\n'));
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]));
}

import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import { readQuickly } from './read-quickly.ts';
import { columnsOf } from './select-rows.ts';

/** Rows that belong to another row. */
export interface Belonging<Entity extends ObjectLiteral> {
  readonly entity: EntityTarget<Entity>;
  /** What follows its table: WHERE, which names the other's table, and ORDER BY. */
  readonly rest: string;
}

/** Types that JSON has no exact number for. */
const exact = new Set(['numeric', 'bigint']);
const selections = new WeakMap<object, string>();

/** As `columnsOf`, for JSON: numbers that pg gives as text are text there too. */
function jsonColumnsOf(metadata: EntityMetadata): string {
  const known = selections.get(metadata);
  if (known) return known;
  const columns = metadata.columns.map(({ databaseName, propertyName, type, transformer }) => {
    if (transformer) throw new Error(`${metadata.name}.${propertyName} is not read as it stands`);
    return `"${databaseName}"${exact.has(String(type)) ? '::text' : ''} AS "${propertyName}"`;
  });
  const selection = columns.join(', ');
  selections.set(metadata, selection);
  return selection;
}

/** JSON has no moments. */
function readMoments(rows: ObjectLiteral[], { columns }: EntityMetadata): void {
  const moments = columns.filter(({ type }) => type === 'timestamptz').map(({ propertyName }) => propertyName);
  for (const row of rows) for (const name of moments) if (row[name] !== null) row[name] = new Date(row[name] as string);
}

/**
 * Rows as `selectRows` reads them, each with what belongs to it, in one statement: for a few rows, JSON costs less than
 * another statement. Few they must be: it is a quick read. Not for rows that are locked: what belongs to them is of before
 * the lock was waited for.
 */
export async function selectWithRows<Entity extends ObjectLiteral, Parts extends Record<string, ObjectLiteral>>(
  manager: EntityManager,
  entity: EntityTarget<Entity>,
  parts: { readonly [Name in keyof Parts]: Belonging<Parts[Name]> },
  rest: string,
  values: readonly unknown[],
): Promise<(Entity & { readonly [Name in keyof Parts]: Parts[Name][] })[]> {
  const metadata = manager.connection.getMetadata(entity);
  const named = Object.entries(parts).map(
    ([name, part]) => [name, manager.connection.getMetadata(part.entity), part.rest] as const,
  );
  const nested = named.map(
    ([name, of, its]) =>
      `(SELECT coalesce(json_agg(part), '[]') FROM (SELECT ${jsonColumnsOf(of)} FROM "${of.tableName}" ${its}) AS part) AS "${name}"`,
  );
  const text = `SELECT ${[columnsOf(metadata), ...nested].join(', ')} FROM "${metadata.tableName}" ${rest}`;
  const rows = await readQuickly<(Entity & { readonly [Name in keyof Parts]: Parts[Name][] })[]>(manager, text, values);
  for (const row of rows) for (const [name, of] of named) readMoments(row[name], of);
  return rows;
}

import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import { readQuickly } from './read-quickly.ts';

/** What stands between SELECT and FROM for an entity; made once. */
const selections = new WeakMap<object, string>();

/** The table's columns under the names of the entity's properties. */
export function columnsOf(metadata: EntityMetadata): string {
  const known = selections.get(metadata);
  if (known) return known;
  const columns = metadata.columns.map(({ databaseName, propertyName, type, transformer }) => {
    if (transformer) throw new Error(`${metadata.name}.${propertyName} is not read as it stands`);
    // A day is text: it is in no time zone.
    return `"${databaseName}"${type === 'date' ? '::text' : ''} AS "${propertyName}"`;
  });
  const selection = columns.join(', ');
  selections.set(metadata, selection);
  return selection;
}

/**
 * Rows as their entity says, by a statement whose text is always the same: what is read on every order is not built anew
 * each time. `rest` is what follows the table: WHERE, ORDER BY, FOR.
 */
export function selectRows<Entity extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Entity>,
  rest: string,
  values: readonly unknown[],
): Promise<Entity[]> {
  return manager.query<Entity[]>(selectOf(manager, entity, rest), [...values]);
}

/** The same as `selectRows`, for what `readQuickly` is meant for. */
export const selectQuickly = <Entity extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Entity>,
  rest: string,
  values: readonly unknown[],
): Promise<Entity[]> => readQuickly<Entity[]>(manager, selectOf(manager, entity, rest), values);

function selectOf<Entity extends ObjectLiteral>(
  { connection }: EntityManager,
  entity: EntityTarget<Entity>,
  rest: string,
): string {
  const metadata = connection.getMetadata(entity);
  return `SELECT ${columnsOf(metadata)} FROM "${metadata.tableName}" ${rest}`;
}

import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/** What stands between SELECT and FROM for an entity; made once. */
const selections = new WeakMap<object, string>();

function selectionOf(manager: EntityManager, entity: EntityTarget<ObjectLiteral>): string {
  const metadata = manager.connection.getMetadata(entity);
  const known = selections.get(metadata);
  if (known) return known;
  const columns = metadata.columns.map(({ databaseName, propertyName, type, transformer }) => {
    if (transformer) throw new Error(`${metadata.name}.${propertyName} is not read as it stands`);
    // A day is text: it is in no time zone.
    return `"${databaseName}"${type === 'date' ? '::text' : ''} AS "${propertyName}"`;
  });
  const selection = `SELECT ${columns.join(', ')} FROM "${metadata.tableName}"`;
  selections.set(metadata, selection);
  return selection;
}

/**
 * Rows as their entity says, by a statement whose text is always the same: what is read on every order is not built anew
 * each time. `rest` is what follows the table: WHERE, ORDER BY, FOR.
 */
export const selectRows = <Entity extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Entity>,
  rest: string,
  values: readonly unknown[],
): Promise<Entity[]> => manager.query<Entity[]>(`${selectionOf(manager, entity)} ${rest}`, [...values]);

import type { FieldReader, LengthRule } from './field-reader.ts';

const deepest = 8;
const rule: LengthRule = { kind: 'line', longest: 200 };

/** Names of groups from the root down; blank ones are skipped. */
export function readCategoryPath(
  reader: FieldReader,
  field: string,
  raw: readonly string[] | null | undefined,
): string[] | null | undefined {
  if (raw === undefined || raw === null) return raw;
  const names = raw.map((name) => reader.text(field, name, rule)).filter((name) => typeof name === 'string');
  if (names.length > deepest) reader.fail('TOO_LONG', field, `${names.length} levels, ${deepest} at most.`);
  return names.length > 0 ? names : null;
}

import { ExportError } from '@gastronom/commerceml/export-error';
import type { Notices } from '@gastronom/commerceml/notices';
import type { FieldNames } from './field-names.ts';

const delimiters = [';', ',', '\t', '|'] as const;

export interface CsvShape {
  delimiter: string;
  /** 1 for the first line. 1C reports have a title above the header. */
  headerLine: number;
}

const unquote = (cell: string) => cell.trim().replace(/^"(.*)"$/s, '$1');

/**
 * Finds the header among the first lines: the line and delimiter under which most columns have a name that we know.
 * @param expected columns to name when there is none.
 */
export function findHeader(path: string, head: string, names: FieldNames<string>, expected: string): CsvShape {
  const lines = head.split(/\r?\n/, 12);
  const knownColumns = (line: string, delimiter: string) =>
    new Set(line.split(delimiter).map((cell) => names.find(unquote(cell))?.field)).size;
  const excelHint = /^sep=(.)$/.exec(lines[0]?.trim() ?? '')?.[1];
  const candidates = lines.flatMap((line, i) =>
    (excelHint ? [excelHint] : delimiters).map((delimiter) => ({
      delimiter,
      headerLine: i + 1,
      known: knownColumns(line, delimiter),
    })),
  );
  const best = candidates.reduce((a, b) => (b.known > a.known ? b : a));
  if (best.known >= 2) return best;
  const shown = (lines.find((line) => line.trim()) ?? '').slice(0, 80);
  throw new ExportError(`${path}: no header found. The first line reads "${shown}"; columns such as ${expected}`);
}

/** The field of each column, by its position; two columns of one meaning leave the better named one. */
export function fieldsOf<Field extends string>(
  header: readonly string[],
  names: FieldNames<Field>,
  notices: Notices,
): (Field | undefined)[] {
  const found = header.map((name) => names.find(name));
  return found.map((alias, i) => {
    const rival = found.findIndex(
      (other, j) => other?.field === alias?.field && (other?.rank ?? 0) < (alias?.rank ?? 0) + (j < i ? 1 : 0),
    );
    if (alias && rival >= 0)
      notices.add(`column "${header[i]}" was ignored: "${header[rival]}" is taken as ${alias.field}`);
    if (!alias && header[i]) notices.ignore(header[i]);
    return rival >= 0 ? undefined : alias?.field;
  });
}

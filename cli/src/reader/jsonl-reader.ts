import type { ReadMeter } from '@gastronom/commerceml/decode-text';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import type { Notices } from '@gastronom/commerceml/notices';
import { isObject, type JsonObject, readJsonLines } from '@gastronom/pricelist/table/json-lines';
import { type Field, fieldNames } from './field-names.ts';
import type { SyncRow } from './input.ts';
import { type RowReading, toRow } from './product-row.ts';

function collect(object: JsonObject, fields: Map<Field, unknown>, ranks: Map<Field, number>, notices: Notices): void {
  for (const [key, value] of Object.entries(object)) {
    const alias = fieldNames.find(key);
    if (!alias) notices.ignore(key);
    else if (alias.field === 'nutrition' && isObject(value)) collect(value, fields, ranks, notices);
    else if (alias.rank < (ranks.get(alias.field) ?? Infinity)) {
      fields.set(alias.field, value);
      ranks.set(alias.field, alias.rank);
    }
  }
}

/** One JSON object a line. */
export async function* readJsonl(
  scan: FileScan,
  encoding: string,
  reading: RowReading,
  meter: ReadMeter,
): AsyncGenerator<SyncRow> {
  for await (const line of readJsonLines(scan, encoding, meter)) {
    if ('reason' in line) yield { kind: 'unreadable', field: null, ...line };
    else {
      const fields = new Map<Field, unknown>();
      collect(line.object, fields, new Map(), reading.notices);
      yield toRow(fields, line.place, line.object, reading);
    }
  }
}

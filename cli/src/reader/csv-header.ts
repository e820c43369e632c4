import type { Notices } from '@gastronom/commerceml/notices';
import { fieldsOf } from '@gastronom/pricelist/table/csv-header';
import { UsageError } from '../cli-error.ts';
import { type Field, fieldNames } from './field-names.ts';

/** The field of each column, by its position. */
export function mapColumns(path: string, header: readonly string[], notices: Notices): (Field | undefined)[] {
  const columns = fieldsOf(header, fieldNames, notices);
  if (columns.includes('weightKilograms')) {
    notices.add(`column "${header[columns.indexOf('weightKilograms')]}" is read as kilograms`);
  }
  if (!columns.includes('sku') && !columns.includes('barcode')) {
    throw new UsageError(
      `${path}: no column tells which product a row means: sku (Код, Артикул) or barcode (Штрихкод)`,
    );
  }
  if (!columns.includes('name') && !columns.includes('stockQuantity')) {
    throw new UsageError(`${path}: neither a name nor a stock column was found (Наименование, Остаток)`);
  }
  return columns;
}

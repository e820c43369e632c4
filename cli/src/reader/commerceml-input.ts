import { openCommerceml } from '@gastronom/commerceml/commerceml-reader';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import type { SkuSource } from '@gastronom/commerceml/good';
import type { ExportInput } from '@gastronom/commerceml/row';
import { asUsage, toldOf } from './as-usage.ts';
import type { Input, SyncRow } from './input.ts';
import type { RowReading } from './product-row.ts';

const namelessPrice =
  'the offer has a price but no name, and no file of this export holds its good: give import.xml as well';

async function* syncRows(input: ExportInput): AsyncGenerator<SyncRow> {
  try {
    for await (const row of input.rows()) {
      if (row.kind !== 'price') yield row;
      else yield { kind: 'unreadable', place: row.place, reason: namelessPrice, field: 'name', row: row.item };
    }
  } catch (error) {
    throw toldOf(error);
  }
}

/** Opens files as one CommerceML export. */
export async function openExport(
  scans: readonly FileScan[],
  options: { encoding?: string; priceType?: string; skuSource?: SkuSource },
  { notices, pictureAddress }: RowReading,
): Promise<Input> {
  const { encoding, priceType, skuSource = 'id' } = options;
  const wish = { encoding, priceType, skuSource, priceTypeSetting: '--price-type', pictureAddress };
  const input = await asUsage(() => openCommerceml(scans, wish, notices));
  return { ...input, format: 'commerceml', rows: () => syncRows(input) };
}

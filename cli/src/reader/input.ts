import type { ExportInput, InputRow } from '@gastronom/commerceml/row';

/** A row as the sync mutations can take it. */
export type SyncRow = Exclude<InputRow, { kind: 'price' }>;

/** An opened file, of whichever form. */
export interface Input extends Omit<ExportInput, 'files' | 'rows'> {
  format: 'jsonl' | 'csv' | 'commerceml';
  rows(): AsyncIterable<SyncRow>;
}

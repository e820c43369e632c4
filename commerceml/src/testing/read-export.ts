import { type CommercemlOptions, openCommerceml } from '../commerceml-reader.ts';
import { scan } from '../file-scan.ts';
import { Notices } from '../notices.ts';
import type { ExportInput, InputRow, ProductItem } from '../row.ts';

export interface ReadResult {
  input: ExportInput;
  rows: InputRow[];
  /** The goods among the rows, without what is undefined. */
  items: ProductItem[];
  notices: string[];
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  // Small and odd, so that characters are cut.
  for (let at = 0; at < bytes.length; at += 1021) yield bytes.subarray(at, at + 1021);
}

/** Reads files as one export. */
export async function readExport(
  files: Record<string, string | Uint8Array>,
  options: Partial<CommercemlOptions> = {},
): Promise<ReadResult> {
  const notices = new Notices();
  const scans = await Promise.all(
    Object.entries(files).map(([path, content]) => scan({ path, chunks: () => piecesOf(Buffer.from(content)) })),
  );
  const input = await openCommerceml(
    scans,
    { encoding: undefined, priceType: undefined, priceTypeSetting: '--price-type', skuSource: 'id', ...options },
    notices,
  );
  const rows: InputRow[] = [];
  for await (const row of input.rows()) rows.push(row);
  const items = rows.flatMap((row) => (row.kind === 'product' ? [JSON.parse(JSON.stringify(row.item))] : []));
  return { input, rows, items, notices: notices.list() };
}

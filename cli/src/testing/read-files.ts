import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Notices } from '@gastronom/commerceml/notices';
import type { ProductItem } from '@gastronom/commerceml/row';
import type { Input, SyncRow } from '../reader/input.ts';
import { type InputOptions, listFiles, openInput, scanFiles } from '../reader/open-input.ts';

const folders: string[] = [];

// None is left behind. This module is loaded once for all test files of a process, whose end is theirs; a test worker is
// gone with the first that hears of its end.
process.prependOnceListener('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Writes files into a folder of their own, which is there until the process ends. @returns the folder. */
export function folderOf(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gastronom-cli-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

export interface ReadResult {
  input: Input;
  rows: SyncRow[];
  /** The goods among the rows, without what is undefined. */
  items: ProductItem[];
  unreadable: { line: number; reason: string }[];
  notices: string[];
}

/** Reads files as `manage sync` does. */
export async function readPaths(paths: string[], options: InputOptions = {}): Promise<ReadResult> {
  const notices = new Notices();
  const input = await openInput(await scanFiles(await listFiles(paths)), options, { notices });
  const rows: SyncRow[] = [];
  for await (const row of input.rows()) rows.push(row);
  return {
    input,
    rows,
    items: rows.flatMap((row) => (row.kind === 'product' ? [JSON.parse(JSON.stringify(row.item))] : [])),
    unreadable: rows.flatMap((row) =>
      row.kind === 'unreadable' ? [{ line: row.place.line, reason: row.reason }] : [],
    ),
    notices: notices.list(),
  };
}

export const readFiles = (
  files: Record<string, string | Uint8Array>,
  options: InputOptions = {},
): Promise<ReadResult> => {
  const folder = folderOf(files);
  return readPaths(
    Object.keys(files).map((name) => join(folder, name)),
    options,
  );
};

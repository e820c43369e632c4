import { createReadStream } from 'node:fs';
import { type FileScan, scan } from '@gastronom/commerceml/file-scan';
import { CliError, UsageError } from '../cli-error.ts';
import { asUsage } from './as-usage.ts';

function explain(path: string, error: NodeJS.ErrnoException): Error {
  if (error instanceof CliError) return error;
  if (error.code === 'ENOENT') return new UsageError(`${path}: there is no such file`);
  if (error.code === 'EACCES') return new UsageError(`${path}: no permission to read it`);
  return error;
}

/** Reads the whole file once. Throws a UsageError for what cannot be data at all. */
export async function scanFile(path: string): Promise<FileScan> {
  const chunks = () => createReadStream(path, { highWaterMark: 256 * 1024 });
  try {
    return await asUsage(() => scan({ path, chunks }));
  } catch (error) {
    throw explain(path, error as NodeJS.ErrnoException);
  }
}

import { ExportError } from '@gastronom/commerceml/export-error';
import { XmlError } from '@gastronom/commerceml/xml-stream';
import { CliError, UsageError } from '../cli-error.ts';

/** What is wrong with a file is told in one line: a broken one failed, any other is none that was meant. */
export const toldOf = (error: unknown): unknown => {
  if (error instanceof XmlError) return new CliError(error.message);
  return error instanceof ExportError ? new UsageError(error.message) : error;
};

/** Reads a file; what is wrong with it becomes an error of the command line. */
export async function asUsage<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw toldOf(error);
  }
}

import { readFile } from 'node:fs/promises';
import { CompositionError, printSchemas } from '@gastronom/gateway/composition';
import { definitions } from '@gastronom/gateway/subgraph-definitions';
import { CliError } from './cli-error.ts';

/** A checked-in file as it is and as the code would print it. */
export interface SchemaFile {
  path: string;
  checkedIn: string;
  printed: string;
}

async function wantedSchemas(): Promise<Map<string, string>> {
  try {
    return await printSchemas(definitions);
  } catch (error) {
    if (error instanceof CompositionError) throw new CliError(`the subgraphs do not fit together:\n${error.message}`);
    throw error;
  }
}

async function currentText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** All checked-in files that are made of the schemas; throws, with the reason, when the subgraphs do not compose. */
export async function readSchemaFiles(): Promise<SchemaFile[]> {
  const wanted = [...(await wantedSchemas())];
  return Promise.all(wanted.map(async ([path, printed]) => ({ path, printed, checkedIn: await currentText(path) })));
}

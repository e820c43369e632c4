import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { projectRoot } from '@gastronom/shared/env';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { diffLines } from '../line-diff.ts';

// Loaded when wanted, because it brings all subgraphs with it, and other commands should start at once.
const readSchemaFiles = async () => (await import('../schema-files.ts')).readSchemaFiles();
const nameOf = (path: string) => relative(projectRoot, path);

async function print(): Promise<void> {
  for (const { path, checkedIn, printed } of await readSchemaFiles()) {
    if (checkedIn !== printed) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, printed);
    }
    process.stdout.write(`${checkedIn === printed ? 'unchanged' : 'written'}  ${nameOf(path)}\n`);
  }
}

async function check(): Promise<void> {
  const stale = (await readSchemaFiles()).filter(({ checkedIn, printed }) => checkedIn !== printed);
  for (const { path, checkedIn, printed } of stale) {
    const name = nameOf(path);
    process.stdout.write(`--- ${name}, checked in\n+++ ${name}, of the code\n${diffLines(checkedIn, printed)}\n`);
  }
  if (stale.length > 0) {
    const names = stale.map(({ path }) => nameOf(path)).join(', ');
    throw new CliError(`stale: ${names}. Run \`manage schema print\` and commit what it writes`);
  }
  process.stdout.write('the checked-in schemas, and the docs made of them, are those of the code\n');
}

export function addSchemaCommand(program: Command): void {
  const schema = program.command('schema').description('the checked-in GraphQL schemas, and the docs made of them');
  schema
    .command('print')
    .description("write each subgraph's schema.graphql, the supergraph, and what docs tell of them")
    .action(print);
  schema.command('check').description('fail, with the differences, when a checked-in file is stale').action(check);
}

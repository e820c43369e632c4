import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import { cliSettings } from '../env.ts';

async function migrate(): Promise<void> {
  // Loaded here, because it brings all subgraphs with it, and other commands should start at once.
  const { migrateInstallation } = await import('../installation.ts');
  const ran = await migrateInstallation(cliSettings());
  for (const name of ran) process.stdout.write(`${name}\n`);
  process.stdout.write(ran.length > 0 ? `${ran.length} migrations ran\n` : 'nothing to migrate\n');
}

async function confirm(dataDir: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError('nobody is there to confirm: give --yes');
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`Delete all data in ${dataDir}? [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}

async function reset({ yes }: { yes?: boolean }): Promise<void> {
  const settings = cliSettings();
  if (settings.DATABASE_URL) {
    throw new UsageError(
      'DATABASE_URL is set, so the data are not in DATA_DIR: empty that database with its own tools, or unset DATABASE_URL',
    );
  }
  if (!yes && !(await confirm(settings.DATA_DIR))) {
    process.stdout.write('nothing was deleted\n');
    return;
  }
  const { emptyInstallation } = await import('../installation.ts');
  await emptyInstallation(settings);
  process.stdout.write(`${settings.DATA_DIR} is empty; the next start begins anew\n`);
}

export function addDatabaseCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to its newest form; `pnpm start` does so itself')
    .action(migrate);
  program
    .command('reset')
    .description('delete all data of the installation in DATA_DIR: database, secrets, places of cut syncs')
    .option('--yes', 'without a question')
    .action(reset);
}

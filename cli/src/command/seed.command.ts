import { join } from 'node:path';
import { projectRoot } from '@gastronom/shared/env';
import type { Command } from 'commander';
import { cliSettings } from '../env.ts';
import { exitCodeOf, summarise } from '../sync/sync-summary.ts';
import { runSync } from './sync.command.ts';

async function seed(flags: { url?: string; key?: string }): Promise<void> {
  const file = join(projectRoot, 'demo', 'products.jsonl');
  const report = await runSync([file], { ...flags, source: 'demo', batchSize: 500, concurrency: 2 }, cliSettings());
  process.stdout.write(`${summarise(report)}\n`);
  process.exitCode = exitCodeOf(report);
}

export function addSeedCommand(program: Command): void {
  program
    .command('seed')
    .description('load the demo catalogue into a running server, as a sync of the source "demo"')
    .option('--url <url>', 'address of the graph; GASTRONOM_URL, or http://localhost:$PORT/graphql')
    .option('--key <key>', 'API key with the scope sync:write')
    .action(seed);
}

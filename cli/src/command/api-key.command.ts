import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import { cliSettings, graphUrl } from '../env.ts';
import { GraphClient } from '../graph-client.ts';
import { isLoopback, localToken } from '../local-credential.ts';
import { createServiceKey, listServiceKeys, revokeServiceKey, type ServiceKey } from '../service-key-graph.ts';
import { duration } from './token.command.ts';

interface AdminFlags {
  url?: string;
  token?: string;
}

/** A client that speaks as an admin: with the token given, or on a developer's own machine as the demo admin. */
async function adminClient(flags: AdminFlags): Promise<GraphClient> {
  const settings = cliSettings();
  const url = graphUrl(flags.url, settings);
  const token = flags.token ?? settings.GASTRONOM_TOKEN;
  if (!token && !isLoopback(url))
    throw new UsageError("an admin's session token is needed: --token or GASTRONOM_TOKEN");
  return new GraphClient({ url, credential: token ?? (await localToken(settings, 'admin', 300)) });
}

const day = (instant: string | null) => instant?.slice(0, 16).replace('T', ' ') ?? '-';

function stateOf(key: ServiceKey): string {
  if (key.revokedAt) return `revoked ${day(key.revokedAt)}`;
  if (!key.expiresAt) return 'works';
  return `${Date.parse(key.expiresAt) < Date.now() ? 'expired' : 'works until'} ${day(key.expiresAt)}`;
}

function table(keys: readonly ServiceKey[]): string {
  const rows = keys.map((key) => [
    key.id,
    `${key.prefix}…`,
    key.name,
    key.scopes.join(' '),
    day(key.createdAt),
    day(key.lastUsedAt),
    stateOf(key),
  ]);
  const all = [['id', 'key', 'name', 'scopes', 'made', 'last used', 'state'], ...rows];
  const widths = all[0]?.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const collect = (value: string, previous: string[] = []) => [...previous, value];

function withAdminOptions(command: Command): Command {
  return command
    .option('--url <url>', 'address of the graph; GASTRONOM_URL, or http://localhost:$PORT/graphql')
    .option('--token <token>', "an admin's session token; GASTRONOM_TOKEN, or the demo admin's in development");
}

const createHelp = `
Nothing but the key goes to stdout; it cannot be shown again.

Example:
  GASTRONOM_API_KEY=$(pnpm -s manage api-key create --name scraper --scope sync:write)`;

export function addApiKeyCommand(program: Command): void {
  const keys = program.command('api-key').description('keys of machines: a scraper, 1C, a partner');

  withAdminOptions(keys.command('create'))
    .description('make a key and print it')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--scope <scope...>', 'what it may do, such as sync:write', collect)
    .option('--ttl <time>', 'how long it works: 12h, 90d; for ever by default', duration)
    .addHelpText('after', createHelp)
    .action(async ({ name, scope, ttl, ...flags }: AdminFlags & { name: string; scope: string[]; ttl?: number }) => {
      const expiresAt = ttl === undefined ? undefined : new Date(Date.now() + ttl * 1000).toISOString();
      const { secret } = await createServiceKey(await adminClient(flags), { name, scopes: scope, expiresAt });
      process.stdout.write(`${secret}\n`);
    });

  withAdminOptions(keys.command('list'))
    .description('list all keys, newest first')
    .option('--json', 'print them as JSON')
    .action(async ({ json, ...flags }: AdminFlags & { json?: boolean }) => {
      const list = await listServiceKeys(await adminClient(flags));
      process.stdout.write(`${json ? JSON.stringify(list) : table(list)}\n`);
    });

  withAdminOptions(keys.command('revoke'))
    .description('stop a key from working, within seconds')
    .argument('<id>', 'its id, as `list` shows it')
    .action(async (id: string, flags: AdminFlags) => {
      const key = await revokeServiceKey(await adminClient(flags), id);
      process.stdout.write(`${key.name} (${key.prefix}…) no longer works\n`);
    });
}

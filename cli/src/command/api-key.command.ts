import type { Command } from 'commander';
import { type AdminFlags, adminClient, withAdminOptions } from '../admin-client.ts';
import {
  createServiceKey,
  listServiceKeys,
  revokeServiceKey,
  rotateServiceKey,
  type ServiceKey,
} from '../service-key-graph.ts';
import { minuteOf, textTable } from '../text-table.ts';
import { duration } from './token.command.ts';

function stateOf(key: ServiceKey): string {
  if (key.replacedBy && !key.revokedAt)
    return `${key.state === 'ACTIVE' ? 'replaced, works until' : 'replaced'} ${minuteOf(key.expiresAt)}`;
  if (key.revokedAt) return `revoked ${minuteOf(key.revokedAt)}`;
  if (!key.expiresAt) return 'works';
  return `${key.state === 'EXPIRED' ? 'expired' : 'works until'} ${minuteOf(key.expiresAt)}`;
}

function table(keys: readonly ServiceKey[]): string {
  const rows = keys.map((key) => [
    key.id,
    `${key.prefix}…`,
    key.name,
    key.scopes.join(' '),
    minuteOf(key.createdAt),
    minuteOf(key.lastUsedAt),
    stateOf(key),
  ]);
  return textTable(['id', 'key', 'name', 'scopes', 'made', 'last used', 'state'], rows);
}

interface RotateFlags extends AdminFlags {
  overlap: number;
  ttl?: number;
}

const collect = (value: string, previous: string[] = []) => [...previous, value];

const createHelp = `
Nothing but the key goes to stdout; it cannot be shown again.

Example:
  GASTRONOM_API_KEY=$(pnpm -s manage api-key create --name scraper --scope sync:write)`;

const rotateHelp = `
The old key works on for the overlap: bring the new one to its machine before it is over. Nothing but the new key goes
to stdout; it cannot be shown again.

Example:
  pnpm -s manage api-key rotate 3f0c… --overlap 24h > new-key`;

/** An overlap in minutes; none stops the old key at once. */
const overlap = (text: string): number => (/^0[smhd]?$/.test(text) ? 0 : Math.ceil(duration(text) / 60));

const expiryAfter = (seconds: number | undefined) =>
  seconds === undefined ? undefined : new Date(Date.now() + seconds * 1000).toISOString();

export function addApiKeyCommand(program: Command): void {
  const keys = program.command('api-key').description('keys of machines: a scraper, 1C, a partner');

  withAdminOptions(keys.command('create'))
    .description('make a key and print it')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--scope <scope...>', 'what it may do, such as sync:write', collect)
    .option('--ttl <time>', 'how long it works: 12h, 90d; for ever by default', duration)
    .addHelpText('after', createHelp)
    .action(async ({ name, scope, ttl, ...flags }: AdminFlags & { name: string; scope: string[]; ttl?: number }) => {
      const wanted = { name, scopes: scope, expiresAt: expiryAfter(ttl) };
      const { secret } = await createServiceKey(await adminClient(flags), wanted);
      process.stdout.write(`${secret}\n`);
    });

  withAdminOptions(keys.command('list'))
    .description('list all keys, newest first')
    .option('--active', 'only those that work')
    .option('--json', 'print them as JSON')
    .action(async ({ json, active, ...flags }: AdminFlags & { json?: boolean; active?: boolean }) => {
      const list = await listServiceKeys(await adminClient(flags), active ? { state: 'ACTIVE' } : {});
      process.stdout.write(`${json ? JSON.stringify(list) : table(list)}\n`);
    });

  withAdminOptions(keys.command('rotate'))
    .description('make a key in place of another and print it')
    .argument('<id>', 'the id of the old one, as `list` shows it')
    .option('--overlap <time>', 'how long the old one works on: 0, 30m, 24h', overlap, 60)
    .option('--ttl <time>', 'how long the new one works; as long as the old one was made for, by default', duration)
    .addHelpText('after', rotateHelp)
    .action(async (id: string, { overlap: overlapMinutes, ttl, ...flags }: RotateFlags) => {
      const wanted = { id, overlapMinutes, expiresAt: expiryAfter(ttl) };
      const { secret, replaces } = await rotateServiceKey(await adminClient(flags), wanted);
      const until = replaces.state === 'ACTIVE' ? `works until ${minuteOf(replaces.expiresAt)} UTC` : 'no longer works';
      process.stderr.write(`${replaces.name} (${replaces.prefix}…) ${until}\n`);
      process.stdout.write(`${secret}\n`);
    });

  withAdminOptions(keys.command('revoke'))
    .description('stop a key from working, at once')
    .argument('<id>', 'its id, as `list` shows it')
    .action(async (id: string, flags: AdminFlags) => {
      const key = await revokeServiceKey(await adminClient(flags), id);
      process.stdout.write(`${key.name} (${key.prefix}…) no longer works\n`);
    });
}

import { type DemoPerson, demoPersons } from '@gastronom/gateway/identity/development-token';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { cliSettings } from '../env.ts';
import { localToken } from '../local-credential.ts';

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90`, `15m`, `12h`, `7d`, in seconds. */
export function duration(text: string): number {
  const match = /^(\d+)([smhd]?)$/.exec(text);
  const seconds = Number(match?.[1]) * (units[match?.[2] || 's'] ?? 1);
  if (!match || seconds < 1) throw new InvalidArgumentError('A time such as 90s, 15m, 12h or 7d is expected.');
  return seconds;
}

const help = `
The token belongs to a demo person and is signed with the development key in DATA_DIR. restaurant and
supplier are customers whose tokens name an organization that they run. Nothing but the token goes to
stdout.

Example:
  curl localhost:4000/graphql -H "authorization: Bearer $(pnpm -s manage token --role staff)" \\
    -H 'content-type: application/json' -d '{"query":"{ me { id role } }"}'`;

export function addTokenCommand(program: Command): void {
  program
    .command('token')
    .description('print a session token for development')
    .addOption(new Option('--role <role>', 'whose token').choices(demoPersons).makeOptionMandatory())
    .option('--ttl <time>', 'how long it works: 90s, 15m, 12h, 7d', duration, 86_400)
    .addHelpText('after', help)
    .action(async ({ role, ttl }: { role: DemoPerson; ttl: number }) => {
      process.stdout.write(`${await localToken(cliSettings(), role, ttl)}\n`);
    });
}

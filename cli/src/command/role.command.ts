import { roles } from '@gastronom/shared/viewer';
import { type Command, Option } from 'commander';
import { CliError, UsageError } from '../cli-error.ts';
import { cliSettings } from '../env.ts';

interface RoleFlags {
  clerkUser?: string;
  email?: string;
  role: (typeof roles)[number];
}

interface Answer {
  assignUserRole: {
    user: { id: string; name: string | null; email: string | null; role: string } | null;
    userErrors: { code: string; message: string }[];
  };
}

const mutation = `mutation AssignUserRole($input: AssignUserRoleInput!) {
  assignUserRole(input: $input) { user { id name email role } userErrors { code message } }
}`;

const help = `
It works on the database itself (DATABASE_URL, INTERNAL_SECRET), as migrate does: this is how the first
admin comes to be. The person signs in once before, so that they are known. Servers that run go by the
new role within seconds, with REDIS_URL at once. The audit log names internal:cli. Later on admins give
roles by the mutation setUserRole. On the embedded database stop the server first.

Examples:
  manage role set --clerk-user user_2abc --role ADMIN
  manage role set --email alla@shop.example --role STAFF`;

async function set({ clerkUser: clerkUserId, email, role }: RoleFlags): Promise<void> {
  if (Boolean(clerkUserId) === Boolean(email)) throw new UsageError('name the person by --clerk-user or by --email');
  // Loaded here, because it brings all subgraphs with it, and other commands should start at once.
  const { callInstalled } = await import('../installed-subgraph.ts');
  const variables = { input: { clerkUserId, email, role } };
  const { assignUserRole } = await callInstalled<Answer>(cliSettings(), 'accounts', { query: mutation, variables });
  const { user, userErrors } = assignUserRole;
  const [error] = userErrors;
  if (error?.code === 'NOT_FOUND') throw new CliError('there is no such person: they sign in once before');
  if (!user) throw new CliError(error?.message ?? 'the role was not set, and no reason given');
  process.stdout.write(`${user.name ?? user.email ?? user.id} has the role ${user.role}\n`);
}

export function addRoleCommand(program: Command): void {
  program
    .command('role')
    .description('what people may do')
    .command('set')
    .description('set the role of a person, on the database itself: the first admin comes to be so')
    .option('--clerk-user <id>', 'Clerk’s id of the person, user_…')
    .option('--email <address>', 'an address that one person alone has')
    .addOption(new Option('--role <role>', 'the role').choices(roles).makeOptionMandatory())
    .addHelpText('after', help)
    .action(set);
}

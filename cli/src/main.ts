import { SettingError } from '@gastronom/shared/env';
import { Command, CommanderError } from 'commander';
import { CliError } from './cli-error.ts';
import { addApiKeyCommand } from './command/api-key.command.ts';
import { addAuditCommand } from './command/audit.command.ts';
import { addCreateStoreCommand } from './command/create-store.command.ts';
import { addDatabaseCommands } from './command/database.command.ts';
import { addOffersCommand } from './command/offers.command.ts';
import { addOneCDemoCommand } from './command/one-c-demo.command.ts';
import { addRoleCommand } from './command/role.command.ts';
import { addSchemaCommand } from './command/schema.command.ts';
import { addSeedCommand } from './command/seed.command.ts';
import { addShopDemoCommand } from './command/shop-demo.command.ts';
import { addStripeDemoCommand } from './command/stripe-demo.command.ts';
import { addSyncCommand } from './command/sync.command.ts';
import { addTokenCommand } from './command/token.command.ts';
import { ExitCode, exitCodeHelp } from './exit-code.ts';

const help = `
Examples:
  pnpm manage sync goods.jsonl
  pnpm manage sync webdata --snapshot
  pnpm manage offers price-list.csv --supplier 0198…
  pnpm manage create-store --name Contoso --domain contoso.example --selector price=css:.price
  pnpm -s manage token --role admin
  pnpm -s manage api-key create --name scraper --scope sync:write
  pnpm -s manage audit verify --anchor audit.anchor
  pnpm manage role set --email alla@shop.example --role ADMIN

Settings come from the environment and .env: PORT, DATA_DIR, GASTRONOM_URL, GASTRONOM_API_KEY.
${exitCodeHelp}`;

function build(): Command {
  const program = new Command('manage')
    .description('Manages a Gastronom installation, and brings goods and offers into it, through its graph.')
    .showHelpAfterError('(`--help` shows what is possible)')
    .addHelpText('after', help)
    .exitOverride();
  addSyncCommand(program);
  addOffersCommand(program);
  addCreateStoreCommand(program);
  addTokenCommand(program);
  addRoleCommand(program);
  addApiKeyCommand(program);
  addAuditCommand(program);
  addDatabaseCommands(program);
  addSeedCommand(program);
  addSchemaCommand(program);
  addOneCDemoCommand(program);
  addStripeDemoCommand(program);
  addShopDemoCommand(program);
  // Sub-commands inherit what is set before they are added only in part.
  const inherit = (command: Command): void => {
    command.exitOverride();
    for (const child of command.commands) inherit(child);
  };
  inherit(program);
  return program;
}

/** Says what went wrong in one line and gives the exit code; anything that is not foreseen keeps its stack. */
function conclude(error: unknown): ExitCode {
  // Commander has already said what it had to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  if (error instanceof CliError) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof SettingError) {
    process.stderr.write(`${error.message}\n`);
    return ExitCode.usage;
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return ExitCode.failed;
}

// `manage … | head` closes our output: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await build().parseAsync();
} catch (error) {
  process.exitCode = conclude(error);
}

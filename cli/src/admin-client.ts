import type { Command } from 'commander';
import { UsageError } from './cli-error.ts';
import { cliSettings, graphUrl } from './env.ts';
import { GraphClient } from './graph-client.ts';
import { isLoopback, localToken } from './local-credential.ts';

export interface AdminFlags {
  url?: string;
  token?: string;
}

export function withAdminOptions(command: Command): Command {
  return command
    .option('--url <url>', 'address of the graph; GASTRONOM_URL, or http://localhost:$PORT/graphql')
    .option('--token <token>', "an admin's session token; GASTRONOM_TOKEN, or the demo admin's in development");
}

/** A client that speaks as an admin: with the token given, or on a developer's own machine as the demo admin. */
export async function adminClient(flags: AdminFlags): Promise<GraphClient> {
  const settings = cliSettings();
  const url = graphUrl(flags.url, settings);
  const token = flags.token ?? settings.GASTRONOM_TOKEN;
  if (!token && !isLoopback(url))
    throw new UsageError("an admin's session token is needed: --token or GASTRONOM_TOKEN");
  return new GraphClient({ url, credential: token ?? (await localToken(settings, 'admin', 300)) });
}

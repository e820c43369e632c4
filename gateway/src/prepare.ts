import { startEmbeddedPostgres } from '@gastronom/shared/database/embedded-postgres';
import { developmentSecrets, internalSecret } from '@gastronom/shared/secrets';
import type { GatewaySettings } from './env.ts';
import type { Surroundings } from './workers/program.ts';
import { connectionsOf } from './workers/share-out.ts';

/** What is made ready once, whatever the number of processes: where the database is, where there is one. */
export interface Given {
  readonly databaseUrl?: string | undefined;
  /** Whether it is the embedded one, which this program started. */
  readonly isEmbedded: boolean;
}

/** Starts the embedded PostgreSQL where none is named, and makes a development installation's secrets where there are none. */
export async function prepare({ settings, stops }: Surroundings<GatewaySettings>): Promise<Given> {
  internalSecret(settings);
  const { remote, DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = settings;
  if (remote) return { isEmbedded: false };
  if (databaseUrl) return { databaseUrl, isEmbedded: false };
  const password = developmentSecrets(dataDir).databasePassword;
  const postgres = await startEmbeddedPostgres({ dataDir, password, connections: connectionsOf(settings) });
  stops.push(() => postgres.stop());
  return { databaseUrl: postgres.url, isEmbedded: true };
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { definitions } from '@gastronom/gateway/subgraph-definitions';
import { claimDataFolder } from '@gastronom/shared/database/data-folder';
import { startEmbeddedPostgres } from '@gastronom/shared/database/embedded-postgres';
import { migrate } from '@gastronom/shared/database/migrate';
import { developmentSecrets, internalSecret } from '@gastronom/shared/secrets';
import { CliError } from './cli-error.ts';
import type { CliSettings } from './env.ts';

/** What pg says of an address, a name, a password or a database that is wrong. */
const unreachable = /^(ECONNREFUSED|ENOENT|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|28P01|28000|3D000)$/;

function sayUnreachable(error: Error & { code?: string }): never {
  // A missing file may be another than PostgreSQL's socket.
  if (!unreachable.test(error.code ?? '') || (error.code === 'ENOENT' && !error.message.startsWith('connect')))
    throw error;
  throw new CliError(`the database of DATABASE_URL cannot be reached: ${error.message || error.code}`);
}

/** Runs work on the database of the settings; an embedded one is started for it and stopped after. */
export async function withDatabase<T>(settings: CliSettings, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const given = settings.DATABASE_URL_DIRECT ?? settings.DATABASE_URL;
  if (given) return work(given).catch(sayUnreachable);
  const password = developmentSecrets(settings.DATA_DIR).databasePassword;
  const postgres = await startEmbeddedPostgres({ dataDir: settings.DATA_DIR, password });
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}

/** Brings the database to its newest form. @returns the names of the migrations that ran. */
export function migrateInstallation(settings: CliSettings): Promise<string[]> {
  const databases = definitions.map((definition) => definition.database);
  return withDatabase(settings, (url) => migrate(databases, url, internalSecret(settings)));
}

// What the product itself puts into the folder. Nothing else is touched, should DATA_DIR point to a folder with other things.
const ourFiles = ['postgres', 'postgres.log', 'sync', 'secrets.json', 'demo-loaded', 'demo-market-open', 'server.pid'];

/** Deletes all data of the installation. A running server that owns them makes it throw. */
export async function emptyInstallation({ DATA_DIR: dataDir }: CliSettings): Promise<void> {
  const release = await claimDataFolder(dataDir, join(dataDir, 'postgres'));
  try {
    await Promise.all(ourFiles.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
  } finally {
    release();
  }
}

// Starts one PostgreSQL for the whole run and migrates the template that each test file clones.
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, root } from './build.mjs';

/** Copying a database is mostly making files, which takes a fifteenth of the time where they lie in memory. */
async function placeForDatabases() {
  const memory = '/dev/shm';
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize > 2 ** 30
    ? { folder: memory, strategy: 'file_copy' }
    : { folder: tmpdir(), strategy: 'wal_log' };
}

export default async function setUp() {
  await build();
  const { startEmbeddedPostgres } = await import(join(root, 'shared/dist/database/embedded-postgres.js'));
  const { migrate } = await import(join(root, 'shared/dist/database/migrate.js'));
  const { definitions } = await import(join(root, 'gateway/dist/subgraph-definitions.js'));

  const { folder, strategy } = await placeForDatabases();
  const dataDir = await mkdtemp(join(folder, 'gastronom-test-'));
  const secret = 'a-secret-that-only-the-tests-know-and-use';
  let postgres;
  try {
    const password = 'only-for-tests-on-loopback';
    // Each worker may test several processes of the product at a time, with pools of their own.
    postgres = await startEmbeddedPostgres({ dataDir, password, disposable: true, connections: 500 });
    await migrate(
      definitions.map((definition) => definition.database),
      postgres.url,
      secret,
    );
  } catch (error) {
    // Nobody tears down what was not set up.
    await postgres?.stop();
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
  process.env.ENVIRONMENT = 'test';
  process.env.TEST_DATABASE_URL = postgres.url;
  process.env.TEST_DATABASE_STRATEGY = strategy;
  process.env.INTERNAL_SECRET = secret;
  process.env.DATA_DIR = dataDir;
  process.env.LOG_LEVEL ??= 'silent';
  globalThis.__gastronomTest = { dataDir, postgres };
}

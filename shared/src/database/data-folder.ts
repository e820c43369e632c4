import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SettingError } from '../env.ts';

/** The data folder belongs to one running server; the message names the other one. */
export class DataFolderInUseError extends SettingError {}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a living process is the one we wrote down: a pid is given out again, and to other programs. */
function runs(pid: number, program: string): boolean {
  if (!isAlive(pid)) return false;
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes(program);
}

const readPid = (path: string): number | undefined => {
  if (!existsSync(path)) return undefined;
  const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
};

/** Ends a PostgreSQL that outlived the server which started it (`kill -9`, a crash), and waits until it is gone. */
async function stopOrphan(databaseDir: string): Promise<void> {
  const pidFile = join(databaseDir, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid === undefined) return;
  if (!runs(pid, 'postgres')) {
    rmSync(pidFile, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 30_000 && isAlive(pid); waited += 50) await sleep(50);
  if (isAlive(pid))
    throw new DataFolderInUseError(
      `A PostgreSQL from an earlier run (process ${pid}) does not stop: end it, then start again.`,
    );
}

/**
 * Takes the data folder for this process. A living owner is an error; one that died is cleaned up after without a question.
 * @returns gives the folder back.
 */
export async function claimDataFolder(dataDir: string, databaseDir: string): Promise<() => void> {
  mkdirSync(dataDir, { recursive: true });
  const ownerFile = join(dataDir, 'server.pid');
  const owner = readPid(ownerFile);
  if (owner !== undefined && owner !== process.pid && runs(owner, 'node')) {
    throw new DataFolderInUseError(
      `The data folder ${dataDir} is in use by process ${owner}: stop it, or set DATA_DIR to another folder.`,
    );
  }
  writeFileSync(ownerFile, `${process.pid}\n`);
  await stopOrphan(databaseDir);
  return () => rmSync(ownerFile, { force: true });
}

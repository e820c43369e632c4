import { inspect } from 'node:util';
import { SettingError } from './env.ts';
import { redact } from './redaction.ts';

/** Troubles of the machine, by the codes of Node and PostgreSQL, and what to do about them. */
const troubles: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space, then start again.',
  '53100': 'The disk is full: free some space, then start again.',
  EACCES: 'A file may not be read or written by this user: check DATA_DIR, its owner and its permissions.',
  EROFS: 'The file system is read-only: set DATA_DIR to a folder that can be written.',
  EADDRINUSE: 'The port is in use: stop what listens there, or set another PORT.',
  ECONNREFUSED: 'The database does not answer: check DATABASE_URL, and whether PostgreSQL runs.',
  '28P01': 'The database refuses the user or password: check DATABASE_URL, and run `pnpm manage migrate`.',
};

/** Why a process cannot start, for people: one line where it is a setting or the machine, else a stack. */
export function reasonOf(error: unknown): string {
  const { code = '' } = error as { code?: string };
  if (error instanceof SettingError) return error.message;
  return troubles[code] ?? redact(inspect(error));
}

/** Starts a process; a setting that cannot be used ends it with one line instead of a stack. */
export function start(work: () => Promise<void>): void {
  work().catch((error: unknown) => {
    console.error(reasonOf(error));
    process.exitCode = 1;
  });
}

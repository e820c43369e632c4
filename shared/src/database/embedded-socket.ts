import { readdirSync, rmSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';

/** What macOS leaves for the path of a socket, in bytes; Linux leaves four more. */
const longestPath = 103;
const prefix = '.s.PGSQL.';

/**
 * Whether PostgreSQL can be reached by a Unix socket in its own folder, which its owner alone may enter. That costs both
 * ends a fifth less than the loopback interface; where the path is too long for one, or on Windows, that serves.
 */
export const hasSocket = (databaseDir: string, port: number, system: string = platform()): boolean =>
  system !== 'win32' && Buffer.byteLength(join(databaseDir, `${prefix}${port}`)) <= longestPath;

/** As `unix_socket_directories` reads it: a list, whose entries may be quoted. */
export const socketDirectories = (databaseDir: string): string => `"${databaseDir.replaceAll('"', '""')}"`;

/** What a crash left behind: each start has another port, so that nobody else would clean it up. */
export function dropSockets(databaseDir: string): void {
  const left = readdirSync(databaseDir).filter((name) => name.startsWith(prefix));
  for (const name of left) rmSync(join(databaseDir, name), { force: true });
}

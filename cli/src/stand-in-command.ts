import { InvalidArgumentError } from 'commander';
import { UsageError } from './cli-error.ts';

/** What commands that play somebody else have in common. */

export function port(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new InvalidArgumentError('A port from 0 to 65535 is expected.');
}

export const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

const clock = () => new Date().toTimeString().slice(0, 8);

/** A line on the screen, with the time. */
export function say(line: string): void {
  process.stdout.write(`${clock()}  ${line}\n`);
}

/** Why a port cannot be had, for people. */
export function trouble(error: unknown, wanted: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new UsageError(
      `port ${wanted} is in use: stop what listens there, or give another, as --port ${wanted + 1}`,
    );
  if (code === 'EACCES') return new UsageError(`port ${wanted} may not be opened by this user: give one above 1023`);
  return error;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { processorSeconds } from './processor-time.ts';

export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** An address that answers as soon as the program is ready. */
  readonly ready: string;
}

/** A program in a process of its own, measured from outside, so that all are measured alike whoever made them. */
export interface Program {
  readonly pid: number;
  /** User and system time so far, of all threads and children. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/** A port that nobody listens on, as yet. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

/** Whether anything answers there. */
export const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    async (response) => {
      await response.arrayBuffer();
      return true;
    },
    () => false,
  );

const running = new Set<ChildProcess>();
// None is left behind, whatever ends the measuring.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Starts a program, and gives it a minute to be ready. */
export async function startProgram({ command, args, env, folder, ready }: ProgramOptions): Promise<Program> {
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  await once(child, 'spawn');
  const { pid } = child;
  for (let waited = 0; !(await answers(ready)); waited += 1) {
    if (child.exitCode !== null || waited > 240) throw new Error(`${command} ${args.join(' ')} did not start`);
    await sleep(250);
  }
  if (pid === undefined) throw new Error(`${command} has no process`);
  return {
    pid,
    cpuSeconds: () => processorSeconds(pid),
    async stop() {
      child.kill('SIGTERM');
      // Some wait for connections that are kept.
      const impatience = setTimeout(() => child.kill('SIGKILL'), 5_000);
      if (running.has(child)) await once(child, 'exit');
      clearTimeout(impatience);
    },
  };
}

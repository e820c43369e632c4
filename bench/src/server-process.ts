import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Served, ServeOptions } from './serve.ts';

export interface ServerProcess extends Served {
  /** Processor seconds (user and system) that the process has used so far. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

const reply = async <T>(child: ChildProcess): Promise<T> => ((await once(child, 'message')) as [T])[0];

/** Starts a server under measurement in a process of its own. */
export async function startServer(options: ServeOptions): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL('./serve.js', import.meta.url)));
  child.send(options);
  const served = await reply<Served>(child);
  return {
    ...served,
    async cpuSeconds() {
      child.send('cpu');
      return (await reply<{ cpuSeconds: number }>(child)).cpuSeconds;
    },
    async stop() {
      child.send('stop');
      await once(child, 'exit');
    },
  };
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Held, Served, ServeOptions, Used } from './serve.ts';

export interface ServerProcess extends Served {
  /** Processor seconds (user and system) that the process has used so far. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/** What it says next. One that ended says nothing more. */
async function reply<T>(child: ChildProcess): Promise<T> {
  const heard = new AbortController();
  const ended = once(child, 'exit', { signal: heard.signal }).then(([code]) => {
    throw new Error(`the server under measurement has ended with ${code}`);
  });
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal: heard.signal }), ended])) as [T];
    return message;
  } finally {
    heard.abort();
    ended.catch(() => undefined);
  }
}

/** One of ours, which says more of itself. */
export interface OwnProcess extends ServerProcess {
  used(): Promise<Used>;
  /** Started with `--expose-gc`: what it holds after a collection. */
  held(): Promise<Held>;
}

/** Starts a server under measurement in a process of its own. */
export async function startServer(options: ServeOptions, flags: readonly string[] = []): Promise<OwnProcess> {
  const child = fork(fileURLToPath(new URL('./serve.js', import.meta.url)), {
    execArgv: [...process.execArgv, ...flags],
  });
  child.send(options);
  const served = await reply<Served>(child);
  const tell = <Told>(what: 'used' | 'held'): Promise<Told> => {
    child.send(what);
    return reply<Told>(child);
  };
  const used = () => tell<Used>('used');
  return {
    ...served,
    used,
    held: () => tell<Held>('held'),
    cpuSeconds: async () => (await used()).cpuSeconds,
    async stop() {
      child.send('stop');
      await once(child, 'exit');
    },
  };
}

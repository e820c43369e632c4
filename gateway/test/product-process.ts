import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { projectRoot } from '@gastronom/shared/env';

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}

export interface ProductProcess {
  readonly child: ChildProcess;
  /** All that it wrote to stdout and stderr. */
  output(): string;
  /** Waits until it has written this; fails when it ends before. */
  said(text: string): Promise<void>;
  /** Waits for its end, after a signal if one is given. */
  ended(signal?: NodeJS.Signals): Promise<{ code: number | null; output: string }>;
}

/** A part of the product in a process of its own, as the start commands run it, with these settings alone. */
export function startProcess(
  main: string,
  settings: Record<string, string>,
  args: readonly string[] = [],
): ProductProcess {
  const { DATABASE_URL, INTERNAL_SECRET, TEST_DATABASE_URL, NODE_OPTIONS, ...inherited } = process.env;
  const env = { ...inherited, ENVIRONMENT: 'development', ...settings };
  const child = spawn(process.execPath, ['tools/run.mjs', main, ...args], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const closed = once(child, 'close');
  return {
    child,
    output: () => output,
    async said(text) {
      while (!output.includes(text)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${main} ended: ${output}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async ended(signal) {
      if (signal) child.kill(signal);
      await closed;
      return { code: child.exitCode, output };
    },
  };
}

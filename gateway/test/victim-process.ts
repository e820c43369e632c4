import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '@gastronom/shared/env';
import type { TestDatabase } from '@gastronom/shared/testing/test-database';

/** Where a process is cut off: before the statement of a subgraph that matches, the so-manieth time. */
export interface Point {
  readonly subgraph: string;
  readonly statement: string;
  readonly time?: number;
}

export interface Victim {
  readonly ended: Promise<{ readonly signal: NodeJS.Signals | null; readonly output: string }>;
  kill(): void;
}

/** A process that places orders, and how it ended. `placing-victim.ts` says what the settings are. */
export function startVictim({ ownerUrl, secret }: TestDatabase, settings: Record<string, string>): Victim {
  const child = spawn(process.execPath, ['gateway/test/placing-victim.ts'], {
    cwd: projectRoot,
    env: {
      ...process.env,
      DATABASE_URL: ownerUrl,
      INTERNAL_SECRET: secret,
      ORDER_RESUME_SECONDS: '1',
      NODE_OPTIONS: '',
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: join(projectRoot, '.cache/node'),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const ended = once(child, 'close').then(() => ({ signal: child.signalCode, output }));
  return { ended, kill: () => child.kill('SIGKILL') };
}

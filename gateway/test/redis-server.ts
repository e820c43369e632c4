import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Whether this machine has a Redis to try things with. */
export const hasRedis: boolean = spawnSync('redis-server', ['--version']).status === 0;

export interface RedisServer {
  readonly url: string;
  /** Ends it without a farewell, or has it stand still and go on. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
}

/** A Redis of a test's own, which keeps nothing. */
export async function startRedis(port: number): Promise<RedisServer> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) if (line.includes('Ready to accept connections')) break;
  child.stdout.resume();
  if (child.exitCode !== null) throw new Error(`redis-server ended at once on port ${port}`);
  return {
    url: `redis://127.0.0.1:${port}`,
    async signal(name) {
      child.kill(name);
      if (name === 'SIGKILL' && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '@gastronom/shared/env';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('the start command', () => {
  let dataDir: string;
  let port: number;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gastronom-start-'));
    port = await freePort();
  });
  afterAll(async () => {
    for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    const pid = postgresPid();
    if (pid) process.kill(pid, 'SIGKILL');
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  function run(settings: Record<string, string> = {}): Run {
    const { DATABASE_URL, INTERNAL_SECRET, TEST_DATABASE_URL, NODE_OPTIONS, ...inherited } = process.env;
    const env = {
      ...inherited,
      ENVIRONMENT: 'development',
      DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      ...settings,
    };
    const child = spawn(process.execPath, ['tools/run.mjs', 'gateway/src/main.ts'], {
      cwd: projectRoot,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    return { child, output: () => output };
  }

  async function ready({ child, output }: Run): Promise<string> {
    while (!output().includes('Ctrl-C stops everything')) {
      if (child.exitCode !== null) throw new Error(`it ended: ${output()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return output();
  }

  const ended = async ({ child, output }: Run) => {
    const [code] = child.exitCode === null ? ((await once(child, 'close')) as [number]) : [child.exitCode];
    return { code, output: output() };
  };

  function postgresPid(): number | undefined {
    const file = join(dataDir, 'postgres', 'postmaster.pid');
    return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
  }
  const lives = (pid: number) => existsSync(`/proc/${pid}`);
  const ask = async (query: string) => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as { data: { products: { totalCount: number } } };
  };

  it('loads the demo goods, prints what to paste, and stops cleanly on Ctrl-C', async () => {
    const first = run();
    const output = await ready(first);

    expect(output).toMatch(/customer +eyJ/);
    expect(output).toMatch(/service +gk_/);
    expect((await ask('{ products { totalCount } }')).data.products.totalCount).toBeGreaterThan(200);
    const pid = postgresPid();

    first.child.kill('SIGINT');
    expect((await ended(first)).code).toBe(0);
    expect(pid && lives(pid)).toBe(false);
  });

  it('finds its data again, after a kill -9 too, and refuses a second server on the same folder', async () => {
    const killed = run();
    await ready(killed);
    const { totalCount } = (await ask('{ products { totalCount } }')).data.products;
    killed.child.kill('SIGKILL');
    await ended(killed);
    const orphan = postgresPid();
    expect(orphan && lives(orphan)).toBe(true);

    const again = run();
    await ready(again);

    expect((await ask('{ products { totalCount } }')).data.products.totalCount).toBe(totalCount);
    const second = await ended(run({ PORT: '0' }));
    expect(second.code).toBe(1);
    expect(second.output.trim().split('\n')).toEqual([
      expect.stringMatching(/data folder .* is in use by process \d+/),
    ]);
    const samePort = await mkdtemp(join(tmpdir(), 'gastronom-start-'));
    const third = await ended(run({ DATA_DIR: samePort }));
    await rm(samePort, { recursive: true, force: true });
    expect(third.code).toBe(1);
    expect(third.output.trim().split('\n')).toEqual([expect.stringMatching(/Port \d+ is in use/)]);

    again.child.kill('SIGTERM');
    expect((await ended(again)).code).toBe(0);
  });

  it('starts over a stale PID file whose process is another program', async () => {
    writeFileSync(join(dataDir, 'server.pid'), '1\n');
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), '1\n/nowhere\n');

    const run1 = run();
    await ready(run1);

    run1.child.kill('SIGINT');
    expect((await ended(run1)).code).toBe(0);
  });

  it.each([
    ['CLERK_JWT_KEY', { ENVIRONMENT: 'production' }],
    ['PORT', { PORT: 'eighty' }],
    ['CLERK_ISSUERS', { CLERK_JWT_KEY: '-----BEGIN PUBLIC KEY-----' }],
  ])('names the setting %s in one line when it cannot be used', async (name, settings) => {
    const { code, output } = await ended(run(settings));

    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([expect.stringContaining(name)]);
  });
});

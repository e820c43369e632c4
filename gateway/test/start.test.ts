import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@gastronom/shared/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, type ProductProcess, startProcess } from './product-process.ts';

describe('the start command', () => {
  let dataDir: string;
  let port: number;
  const runs: ProductProcess[] = [];
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gastronom-start-'));
    port = await freePort();
  });
  afterAll(async () => {
    await Promise.all(runs.map((one) => one.ended('SIGKILL')));
    const pid = postgresPid();
    if (pid) process.kill(pid, 'SIGKILL');
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  function run(settings: Record<string, string> = {}): ProductProcess {
    const started = startProcess('gateway/src/main.ts', {
      DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      ...settings,
    });
    runs.push(started);
    return started;
  }
  const ready = 'Ctrl-C stops everything';

  function postgresPid(): number | undefined {
    const file = join(dataDir, 'postgres', 'postmaster.pid');
    return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
  }
  function lives(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }
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
    await first.said(ready);
    const output = first.output();

    expect(output).toMatch(/customer +eyJ/);
    expect(output).toMatch(/service +gk_/);
    expect((await ask('{ products { totalCount } }')).data.products.totalCount).toBeGreaterThan(200);
    const pid = postgresPid();

    expect((await first.ended('SIGINT')).code).toBe(0);
    expect(pid && lives(pid)).toBe(false);
  });

  it('finds its data again, after a kill -9 too, and refuses a second server on the same folder', async () => {
    const killed = run();
    await killed.said(ready);
    const { totalCount } = (await ask('{ products { totalCount } }')).data.products;
    await killed.ended('SIGKILL');
    const orphan = postgresPid();
    expect(orphan && lives(orphan)).toBe(true);

    const again = run();
    await again.said(ready);

    expect((await ask('{ products { totalCount } }')).data.products.totalCount).toBe(totalCount);
    const second = await run({ PORT: '0' }).ended();
    expect(second.code).toBe(1);
    expect(second.output.trim().split('\n')).toEqual([
      expect.stringMatching(/data folder .* is in use by process \d+/),
    ]);
    const samePort = await mkdtemp(join(tmpdir(), 'gastronom-start-'));
    const database = await createTestDatabase();
    const { ownerUrl: DATABASE_URL, secret: INTERNAL_SECRET } = database;
    const third = await run({ DATA_DIR: samePort, DATABASE_URL, INTERNAL_SECRET }).ended();
    await database.drop();
    await rm(samePort, { recursive: true, force: true });
    expect(third.code).toBe(1);
    expect(third.output.trim().split('\n')).toEqual([expect.stringMatching(/Port \d+ is in use/)]);

    expect((await again.ended('SIGTERM')).code).toBe(0);
  });

  it('starts over a stale PID file whose process is another program', async () => {
    writeFileSync(join(dataDir, 'server.pid'), '1\n');
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), '1\n/nowhere\n');

    const run1 = run();
    await run1.said(ready);

    expect((await run1.ended('SIGINT')).code).toBe(0);
  });

  const clerk = { CLERK_ISSUERS: 'https://clerk.example', CLERK_AUTHORIZED_PARTIES: 'https://shop.example' };
  it.each([
    ['CLERK_JWT_KEY', { ENVIRONMENT: 'production' }],
    ['PORT', { PORT: 'eighty' }],
    ['CLERK_ISSUERS', { CLERK_JWT_KEY: '-----BEGIN PUBLIC KEY-----' }],
    ['CLERK_JWT_KEY', { ...clerk, CLERK_JWT_KEY: '-----BEGIN PUBLIC KEY-----' }],
    ['CLERK_WEBHOOK_SECRETS', { CLERK_WEBHOOK_SECRETS: 'whsec_' }],
  ])('names the setting %s in one line when it cannot be used', async (name, settings) => {
    const { code, output } = await run(settings).ended();

    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([expect.stringContaining(name)]);
  });
});

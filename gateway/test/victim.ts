import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createTestDatabase } from '@gastronom/shared/testing/test-database';
import { expect } from '@jest/globals';
import { freePort, type ProductProcess, startProcess } from './product-process.ts';

/** How healthy requests fared for a while. */
export interface Health {
  readonly milliseconds: number[];
  readonly failures: string[];
}

/** What an attack did to its victim. */
export interface Damage extends Health {
  readonly isUp: boolean;
  /** By how many megabytes the process has grown since it was at rest; 0 where the system does not tell. */
  readonly grownMb: number;
}

export interface Victim {
  readonly port: number;
  readonly server: ProductProcess;
  /** Attacks, asks healthily all the while, and looks at what is left. */
  suffer(name: string, attack: () => Promise<unknown>): Promise<Damage>;
  stop(): Promise<void>;
}

const healthy = '{"query":"{ products(first: 5) { nodes { sku name availability { status } } } }"}';
/** What an operation may take, and a patient client would wait. */
const ceilingMs = 30_000;

const medianOf = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

function residentMb({ child }: ProductProcess): number | undefined {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

/** The victim stands: all who asked healthily were answered, within their patience, and memory is as it was, more or less. */
export function expectHealth({ isUp, failures, milliseconds, grownMb }: Damage): void {
  expect(isUp).toBe(true);
  expect(failures).toEqual([]);
  expect(milliseconds.length).toBeGreaterThan(0);
  expect(Math.max(...milliseconds)).toBeLessThan(ceilingMs);
  expect(grownMb).toBeLessThan(300);
}

/** The whole product in a process of its own, on a database of its own, and somebody who asks it healthily. */
export async function startVictim(settings: Record<string, string> = {}): Promise<Victim> {
  const [database, port, dataDir] = await Promise.all([
    createTestDatabase(),
    freePort(),
    mkdtemp(join(tmpdir(), 'gastronom-victim-')),
  ]);
  const server = startProcess('gateway/src/main.ts', {
    DATABASE_URL: database.ownerUrl,
    INTERNAL_SECRET: database.secret,
    DATA_DIR: dataDir,
    PORT: String(port),
    LOG_LEVEL: 'error',
    // All come from one address here.
    MAX_CONNECTIONS_PER_ADDRESS: '10000',
    ...settings,
  });
  const stop = async () => {
    await server.ended('SIGKILL');
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await server.said('Ctrl-C stops everything');
  } catch (error) {
    await stop();
    throw error;
  }
  const workerData = { url: `http://127.0.0.1:${port}/graphql`, body: healthy, pauseMs: 20, timeoutMs: ceilingMs };
  const prober = new Worker(new URL('./probe-worker.ts', import.meta.url), { workerData });

  async function healthDuring(work: () => Promise<unknown>): Promise<Health> {
    const until = new SharedArrayBuffer(4);
    const told = once(prober, 'message');
    prober.postMessage({ until });
    try {
      await work();
    } finally {
      Atomics.store(new Int32Array(until), 0, 1);
    }
    return (await told)[0] as Health;
  }

  await healthDuring(() => sleep(500));
  const atRest = await healthDuring(() => sleep(1_000));
  const restMb = residentMb(server);
  const figures = [`at rest: ${medianOf(atRest.milliseconds).toFixed(1)} ms, ${restMb?.toFixed(0)} MB`];
  return {
    port,
    server,
    async suffer(name, attack) {
      const health = await healthDuring(attack);
      // What the attack left unread or unanswered is let go of.
      await sleep(100);
      const grownMb = (residentMb(server) ?? 0) - (restMb ?? 0);
      const median = medianOf(health.milliseconds);
      const ratio = median / medianOf(atRest.milliseconds);
      const most = Math.max(0, ...health.milliseconds);
      figures.push(
        `${name}: ${health.milliseconds.length} answered, median ${median.toFixed(1)} ms (${ratio.toFixed(1)}×), ` +
          `slowest ${most.toFixed(0)} ms, ${health.failures.length} failed, grown by ${grownMb.toFixed(0)} MB`,
      );
      return { ...health, isUp: server.child.exitCode === null && server.child.signalCode === null, grownMb };
    },
    async stop() {
      await prober.terminate();
      await stop();
      // For people who measure; a run of all tests is silent.
      if (process.env.LOG_LEVEL !== 'silent') process.stdout.write(`${figures.join('\n')}\n`);
    },
  };
}

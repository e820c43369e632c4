import cluster, { type Worker } from 'node:cluster';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import { forgetDotEnv, SettingError } from '@gastronom/shared/env';
import type { Assignment, FromWorker, ToWorker } from './messages.ts';

/** Why a worker did not come to serve, in its own words if it had any. */
export class WorkerFailed extends SettingError {
  constructor(number: number, how: string, reason: string | undefined) {
    super(reason ?? `Worker ${number} ${how}.`);
  }
}

/** How a process ended. */
export interface End {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A worker as the primary process sees it. */
export class Hand {
  readonly id: number;
  readonly number: number;
  readonly #worker: Worker;
  /** Where it serves. */
  readonly served: Promise<string>;
  readonly ended: Promise<End>;
  /** Whether its end was wanted. */
  isLeaving = false;

  constructor(worker: Worker, assignment: Assignment, onMessage: (hand: Hand, message: FromWorker) => void) {
    this.#worker = worker;
    this.id = worker.id;
    this.number = assignment.number;
    let reason: string | undefined;
    // One that cannot be told anything is about to be told gone.
    worker.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      worker.once('exit', (code, signal) => resolve({ code, signal }));
    });
    this.served = new Promise((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'hello') this.tell({ kind: 'assign', assignment });
        else if (message.kind === 'serves') resolve(message.url);
        else if (message.kind === 'failed') reason = message.reason;
        onMessage(this, message);
      });
      void this.ended.then(({ code, signal }) => {
        reject(new WorkerFailed(assignment.number, `ended (${signal ?? code}) before it served`, reason));
      });
    });
    this.served.catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.#worker.process.pid;
  }

  tell(message: ToWorker): void {
    if (this.#worker.isConnected()) this.#worker.send(message);
  }

  kill(): void {
    this.#worker.process.kill('SIGKILL');
  }
}

/**
 * Starts a process that is a worker. It reads `.env` anew, and what Node compiled for those before it.
 * @param folder where that is kept, if this process keeps none itself.
 */
export function fork(folder: string): Worker {
  cluster.schedulingPolicy = cluster.SCHED_RR;
  cluster.setupPrimary({ execArgv: [...new Set([...process.execArgv, '--enable-source-maps'])] });
  forgetDotEnv();
  const cache = getCompileCacheDir();
  return cluster.fork({ NODE_COMPILE_CACHE: cache === undefined ? join(folder, 'compiled') : dirname(cache) });
}

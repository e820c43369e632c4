import cluster, { type Worker } from 'node:cluster';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import type { Logger } from '@gastronom/shared/logger';
import { measure, readMetrics } from '@gastronom/shared/metrics';
import { type Broadcast, localBroadcast } from '@gastronom/shared/redis/broadcast';
import { reasonOf } from '@gastronom/shared/start';
import { LeasedPoints } from './leased-points.ts';
import type { Assignment, FromWorker, ToWorker } from './messages.ts';
import type { Place } from './place.ts';
import type { PointsAnswer } from './points-bank.ts';
import { type Program, type ProgramSettings, type Served, type Stop, stopAll } from './program.ts';
import { Questions } from './questions.ts';

/** The socket by which a worker takes over from others. */
export const socketIn = (folder: string, id: number): string =>
  process.platform === 'win32' ? `\\\\.\\pipe\\gastronom-${folder.split(/[\\/]/).pop()}-${id}` : join(folder, `${id}`);

/** This process as one of several that serve the same port; the primary process says what it does, and when. */
class WorkerProcess<Settings extends ProgramSettings, Given extends object> {
  readonly #program: Program<Settings, Given>;
  readonly #self: Worker;
  readonly #here: Broadcast = localBroadcast();
  readonly #points = new Questions<PointsAnswer>();
  readonly #stops: Stop[] = [];
  #team: ReadonlySet<number> = new Set();
  #served: Served | undefined;
  #logger: Logger | undefined;
  #isLeaving = false;

  constructor(program: Program<Settings, Given>, self: Worker) {
    this.#program = program;
    this.#self = self;
    process.on('message', (message: ToWorker) => this.#hear(message));
    // A terminal tells them to all processes; here the primary's word counts.
    for (const signal of ['SIGINT', 'SIGHUP', 'SIGUSR2'] as const) process.on(signal, () => undefined);
    process.on('SIGTERM', () => void this.#leave(false));
    this.#say({ kind: 'hello' });
  }

  #say(message: FromWorker): void {
    // A primary that is gone takes this process with it.
    if (this.#self.isConnected()) this.#self.send(message);
  }

  #hear(message: ToWorker): void {
    if (message.kind === 'assign') void this.#begin(message.assignment);
    else if (message.kind === 'team') this.#team = new Set(message.ids);
    else if (message.kind === 'broadcast') this.#here.publish(message.channel, message.message);
    else if (message.kind === 'points') this.#points.answered(message.id, message.answer);
    else if (message.kind === 'measure') void this.#tellMetrics(message.id);
    else if (message.kind === 'introduce') void this.#introduce();
    else if (message.kind === 'leave') void this.#leave(true);
    else if (message.kind === 'stop') void this.#leave(false);
  }

  async #begin(assignment: Assignment): Promise<void> {
    try {
      if (assignment.isMeasured) measure();
      const settings = this.#program.readSettings();
      const logger = this.#program.createLogger(settings).child({ worker: assignment.number });
      this.#logger = logger;
      const surroundings = { settings, logger, stops: this.#stops };
      this.#served = await this.#program.serve(assignment.given as Given, this.#placeOf(assignment), surroundings);
      this.#say({ kind: 'serves', url: this.#served.url });
      // Those that start next find what this one had to compile.
      flushCompileCache();
    } catch (error) {
      await this.#fail(error);
    }
  }

  async #introduce(): Promise<void> {
    try {
      await this.#served?.introduce?.();
      this.#say({ kind: 'introduced' });
    } catch (error) {
      await this.#fail(error);
    }
  }

  async #fail(error: unknown): Promise<void> {
    this.#say({ kind: 'failed', reason: reasonOf(error) });
    await stopAll(this.#stops);
    this.#exit(1);
  }

  async #leave(drains: boolean): Promise<void> {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    if (drains) await this.#served?.drain();
    await stopAll(this.#stops);
    this.#exit(0);
  }

  /** Once all that was said has been sent. */
  #exit(code: number): void {
    if (this.#self.isConnected()) this.#self.send({ kind: 'left' } satisfies FromWorker, () => process.exit(code));
    else process.exit(code);
  }

  #placeOf({ number, workers, folder }: Assignment): Place {
    const { id } = this.#self;
    return {
      number,
      workers,
      worksJobs: number === 1,
      serving: () => this.#team.size,
      broadcast: {
        publish: (channel, message) => {
          this.#here.publish(channel, message);
          this.#say({ kind: 'broadcast', channel, message });
        },
        subscribe: (channel, handler) => this.#here.subscribe(channel, handler),
      },
      countPoints: (policy, allowance, seconds) =>
        new LeasedPoints({ policy, allowance, seconds }, (ask) =>
          this.#points.ask((question) => this.#say({ kind: 'points', id: question, ask })),
        ),
      team: {
        id,
        socket: socketIn(folder, id),
        socketOf: (other) => (this.#team.has(other) ? socketIn(folder, other) : undefined),
      },
    };
  }

  async #tellMetrics(id: number): Promise<void> {
    const metrics = await readMetrics().catch((error: unknown) => {
      this.#logger?.error({ err: error }, 'the metrics could not be read');
      return [];
    });
    this.#say({ kind: 'measured', id, metrics });
  }
}

/** Runs the program as a worker. */
export async function runWorker<Settings extends ProgramSettings, Given extends object>(
  program: Program<Settings, Given>,
): Promise<void> {
  if (cluster.worker) new WorkerProcess(program, cluster.worker);
}

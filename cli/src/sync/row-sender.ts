import { CliError } from '../cli-error.ts';
import type { Input } from '../reader/input.ts';
import { type CallAnswer, CallSender } from './call-sender.ts';
import { InFlight } from './in-flight.ts';
import { rowsIn, type SyncTally } from './outcome-tally.ts';
import type { PictureSender } from './picture-sender.ts';
import { CallPlanner, type PlannedCall, type PlanOptions, type UnreadableRow } from './plan-calls.ts';
import type { Progress } from './progress.ts';
import type { RejectedRow, RejectsFile } from './rejects-file.ts';
import type { RunProgress, RunStateFile } from './run-state.ts';
import type { SyncGraph } from './sync-graph.ts';

export interface SendOptions extends PlanOptions {
  source: string;
  concurrency: number;
}

export interface SendTools {
  graph: SyncGraph;
  pictures: PictureSender;
  state: RunStateFile;
  rejects: RejectsFile;
  progress: Progress;
}

/** A server that leaves so many calls undone will not do the next one. */
const mostUndone = 3;

const asRejected = ({ place, row, reason, field }: UnreadableRow): RejectedRow => ({
  place,
  row,
  errors: [{ code: 'UNREADABLE', field, message: reason }],
});

/**
 * Sends all rows of an input within one run, and keeps in the state file what has been answered. Called again after a cut it
 * reads the input anew, passes over the calls that are done, and sends the others under the same numbers.
 */
export class RowSender {
  readonly #done: Set<number>;
  readonly #tally: SyncTally;
  readonly #unreadable: UnreadableRow[] = [];
  readonly #undone: string[] = [];
  readonly #unreadableBefore: number;
  #unreadableSeen = 0;

  constructor(
    private readonly input: Input,
    private readonly run: RunProgress,
    private readonly options: SendOptions,
    private readonly tools: SendTools,
  ) {
    this.#done = new Set(run.done);
    this.#tally = run.tally;
    this.#unreadableBefore = run.tally.unreadable;
  }

  async sendAll(): Promise<SyncTally> {
    const sender = new CallSender(this.tools.graph, {
      source: this.options.source,
      runId: this.run.runId,
      observedAt: this.run.observedAt,
    });
    const inFlight = new InFlight(this.options.concurrency);
    let kind: PlannedCall['kind'] | undefined;
    try {
      for await (const call of this.#calls()) {
        if (this.#done.has(call.number)) continue;
        // A count must not overtake the goods that it counts.
        if (kind !== undefined && kind !== call.kind) await inFlight.settled();
        kind = call.kind;
        await inFlight.add(async () => this.#note(call, await sender.send(await this.#withPictures(call))));
      }
      await inFlight.settled();
    } finally {
      await inFlight.abandoned();
    }
    await this.#save();
    if (this.#undone.length > 0) this.#giveUp();
    return this.#tally;
  }

  async *#calls(): AsyncGenerator<PlannedCall> {
    const planner = new CallPlanner(this.options);
    for await (const row of this.input.rows()) {
      if (row.kind !== 'unreadable') yield* planner.add(row);
      // What was written before the cut is in the rejects file already.
      else if (++this.#unreadableSeen > this.#unreadableBefore) this.#unreadable.push(row);
      if (this.#unreadable.length >= 1000) await this.#save();
    }
    yield* planner.end();
  }

  async #withPictures(call: PlannedCall): Promise<PlannedCall> {
    if (call.kind !== 'goods') return call;
    const items = await this.tools.pictures.sendOf(call.rows.map(({ item }) => item));
    return { ...call, rows: call.rows.map((row, i) => ({ ...row, item: items[i] ?? row.item })) };
  }

  async #note(call: PlannedCall, { results, undone }: CallAnswer): Promise<void> {
    if (undone !== undefined) {
      // Not counted and not done: a resumed run sends it again.
      this.#undone.push(undone);
      if (this.#undone.length >= mostUndone) this.#giveUp();
      return;
    }
    const counts = this.#tally[call.kind];
    const rejected: RejectedRow[] = [];
    for (const [i, row] of call.rows.entries()) {
      const result = results[i];
      if (!result) continue;
      counts[result.outcome]++;
      const shown = call.kind === 'stocks' ? { ...row.item, warehouse: call.warehouse } : row.item;
      if (result.errors.some(({ code }) => code === 'UNKNOWN_IMAGE')) this.tools.pictures.noteUnknown();
      if (result.outcome === 'REJECTED') rejected.push({ place: row.place, row: shown, errors: result.errors });
    }
    this.tools.rejects.append(rejected);
    this.#done.add(call.number);
    await this.#save();
    this.tools.progress.update(this.input.bytesRead(), rowsIn(this.#tally.goods) + rowsIn(this.#tally.stocks));
  }

  /** The run stays open, so that nothing is hidden or zeroed for what could not be applied. */
  #giveUp(): never {
    const batches = this.#undone.length === 1 ? 'a batch' : `${this.#undone.length} batches`;
    throw new CliError(
      `the server could not apply ${batches}: ${this.#undone[0]} Later, the same command goes on from here`,
    );
  }

  /** Rejects first: their length is part of the state, and a resumed run cuts the file back to it. */
  #save(): Promise<void> {
    this.tools.rejects.append(this.#unreadable.map(asRejected));
    this.#tally.unreadable += this.#unreadable.length;
    this.#unreadable.length = 0;
    this.run.done = [...this.#done];
    this.run.rejectsBytes = this.tools.rejects.bytes;
    return this.tools.state.save(this.run);
  }
}

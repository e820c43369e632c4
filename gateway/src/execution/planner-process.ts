import { type ChildProcess, fork } from 'node:child_process';
import { hash } from 'node:crypto';
import type { PlanNode } from '@graphql-hive/router-query-planner';
import type { PlannerQuestion, PlannerReply } from './planner-protocol.ts';

/** The process that plans ended before it answered: it cannot be started here, or what it was asked was too much for it. */
export class PlannerGone extends Error {}

const program = import.meta.filename.replace(/planner-process\.(ts|js)$/, 'planner-child.$1');
const firstPauseMs = 500;
const longestPauseMs = 60_000;

interface Waiting {
  resolve(node: PlanNode | undefined): void;
  reject(error: Error): void;
}

/** Omitting by key is lost on unions; questions get their number here. */
type Unnumbered<Question> = Question extends { id: number } ? Omit<Question, 'id'> : never;

/**
 * Plans in a process apart, since a fault of native code ends the process that it happens in. It is started when it is
 * asked, once for all graphs of this process; after it ended, no sooner than after a pause.
 */
export class PlannerProcess {
  /** What each supergraph is called there. */
  readonly #graphs = new Map<string, string>();
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #hasAnswered = false;
  #lastId = 0;
  #pauseMs = 0;
  #restingUntil = 0;

  /** Whether it ever answered: where it did not, there is none for this platform. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** @returns how the graph is called from then on. Rejects where it is none, or the process cannot run. */
  async know(supergraphSdl: string): Promise<string> {
    // By its text itself, whose own hash the engine remembers: this is asked before each plan.
    const known = this.#graphs.get(supergraphSdl);
    if (known !== undefined) return known;
    const graph = hash('sha256', supergraphSdl);
    await this.#ask({ graph, supergraphSdl });
    this.#graphs.set(supergraphSdl, graph);
    return graph;
  }

  plan(graph: string, query: string, operationName: string | undefined): Promise<PlanNode | undefined> {
    return this.#ask({ graph, query, operationName });
  }

  #ask(question: Unnumbered<PlannerQuestion>): Promise<PlanNode | undefined> {
    const child = this.#child ?? this.#start();
    if (!child) return Promise.reject(new PlannerGone('the process that plans is resting'));
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<PlanNode | undefined>();
    this.#waiting.set(id, { resolve, reject });
    // It keeps this process alive only while somebody waits.
    child.channel?.ref();
    child.send({ ...question, id });
    return promise;
  }

  #start(): ChildProcess | undefined {
    if (Date.now() < this.#restingUntil) return undefined;
    const child = fork(program, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
    child.unref();
    child.on('message', (reply: PlannerReply) => this.#settle(reply));
    child.on('exit', () => this.#end(child));
    child.on('error', () => this.#end(child));
    this.#child = child;
    for (const [supergraphSdl, graph] of this.#graphs) child.send({ id: 0, graph, supergraphSdl });
    return child;
  }

  #settle(reply: PlannerReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#child?.channel?.unref();
    if (!waiting) return;
    this.#hasAnswered = true;
    this.#pauseMs = 0;
    if ('error' in reply) waiting.reject(new Error(reply.error));
    else waiting.resolve(reply.node);
  }

  #end(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#pauseMs = Math.min(Math.max(2 * this.#pauseMs, firstPauseMs), longestPauseMs);
    this.#restingUntil = Date.now() + this.#pauseMs;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new PlannerGone('the process that plans ended'));
  }
}

/** One for all graphs of this process. */
export const plannerProcess = new PlannerProcess();

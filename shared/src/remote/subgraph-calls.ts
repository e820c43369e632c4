import type { ExecutionResult } from 'graphql';
import type { Pool } from 'undici';
import { DomainError } from '../domain-error.ts';
import { type Seal, sealHeader } from '../sealed-call.ts';
import type { SubgraphOperation, SubgraphRequest } from '../subgraph.ts';
import { requestIdHeader } from '../viewer.ts';
import { CircuitBreaker, type Outcome } from './circuit-breaker.ts';
import { exchange, type HttpAnswer, type HttpCall } from './exchange.ts';
import { graphqlAnswer } from './graphql-answer.ts';
import { bodyOf, OperationTexts } from './operation-text.ts';
import { remoteMetrics } from './remote-metrics.ts';
import { noteWrite, SharedCalls } from './shared-calls.ts';
import { isPassing, tryAgain } from './tries.ts';

export interface SubgraphCallsOptions {
  readonly name: string;
  readonly pool: Pool;
  /** Path and query of its GraphQL. */
  readonly path: string;
  readonly seal: Seal | undefined;
  readonly sharesQueries: boolean;
  readonly answerLimit: number;
  readonly now: () => number;
}

/** A subgraph whose time is over has failed; any other end of the wait was the caller's own. */
function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  if (!signal.aborted) return 'failed';
  return error instanceof DomainError && error.code === 'SUBGRAPH_TIMEOUT' ? 'failed' : 'abandoned';
}

/** All that is sealed: only who would be told the same may share an answer. */
const askerOf = ({ viewer, client }: SubgraphRequest): string => JSON.stringify([viewer, client]);

/** GraphQL over HTTP to one subgraph. */
export class SubgraphCalls {
  readonly #options: SubgraphCallsOptions;
  readonly #texts = new OperationTexts();
  readonly #metrics: ReturnType<typeof remoteMetrics>;
  readonly #breaker: CircuitBreaker;
  readonly #shared: SharedCalls<HttpAnswer>;

  constructor(options: SubgraphCallsOptions) {
    const { name, now } = options;
    this.#options = options;
    this.#metrics = remoteMetrics(name);
    this.#breaker = new CircuitBreaker({ now, onChange: this.#metrics.breaker });
    this.#shared = new SharedCalls(() => this.#metrics.shared.inc(), now);
  }

  prepare(query: string): void {
    this.#texts.of(query);
  }

  /** Each caller gets an answer of its own, parsed for it: the answers of several subgraphs are merged in place. */
  async execute(operation: SubgraphOperation, request: SubgraphRequest, signal: AbortSignal): Promise<ExecutionResult> {
    const text = this.#texts.of(operation.query);
    const body = bodyOf(text, operation);
    return graphqlAnswer(await this.#ask(text.isQuery, body, request, signal));
  }

  #ask(isQuery: boolean, body: string, request: SubgraphRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const { sharesQueries, seal } = this.#options;
    // Made anew for each try: a seal is good once.
    const call = () => this.#call(request, body);
    if (!isQuery) return this.#once(call, signal).finally(noteWrite);
    const ask = (until: AbortSignal) =>
      tryAgain(
        () => this.#once(call, until),
        until,
        () => this.#metrics.retries.inc(),
      );
    if (!sharesQueries || request.viewer.kind === 'internal') return ask(signal);
    return this.#shared.get(seal ? `${body}\n${askerOf(request)}` : body, signal, ask);
  }

  #call(request: SubgraphRequest, body: string): HttpCall {
    const { name, path, seal } = this.#options;
    const headers = ['content-type', 'application/json', 'accept', 'application/json'];
    headers.push(requestIdHeader, request.requestId);
    if (seal) headers.push(sealHeader, seal(name, request, { method: 'POST', url: path, body }));
    return { path, method: 'POST', headers, body };
  }

  /** One call, unless the subgraph is left alone. */
  async #once(call: () => HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
    const { name, pool, answerLimit } = this.#options;
    const pass = this.#breaker.enter();
    if (!pass) {
      this.#metrics.refused.inc();
      throw new DomainError('SUBGRAPH_UNAVAILABLE', `The ${name} subgraph has not answered for a while.`);
    }
    let outcome: Outcome = 'failed';
    try {
      const answer = await exchange(pool, call(), signal, answerLimit);
      if (!isPassing(answer.status)) outcome = 'answered';
      return answer;
    } catch (error) {
      outcome = outcomeOf(error, signal);
      throw error;
    } finally {
      this.#breaker.leave(pass, outcome);
    }
  }
}

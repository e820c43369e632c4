import { Pool } from 'undici';
import { DomainError } from './domain-error.ts';
import { exchange, type HttpAnswer, type HttpCall } from './remote/exchange.ts';
import { noteWrite } from './remote/shared-calls.ts';
import { SubgraphCalls } from './remote/subgraph-calls.ts';
import { type Seal, sealHeader } from './sealed-call.ts';
import type { HealthChecks, RestRequest, SubgraphRequest, SubgraphTransport } from './subgraph.ts';
import { requestIdHeader } from './viewer.ts';

export interface RemoteSubgraphOptions {
  readonly name: string;
  readonly url: string;
  readonly timeoutMs: number;
  /** Says on whose behalf a call is made. A subgraph that is not ours is told nothing of that. */
  readonly seal?: Seal | undefined;
  /** How many calls may be under way at once; the others wait for a connection. */
  readonly connections?: number | undefined;
  /**
   * Whether the same queries of the same viewer at the same time are one call. Not for what parts of the product ask each
   * other: that may be asked under a lock, of what was written just before.
   */
  readonly sharesQueries?: boolean | undefined;
  /** Bytes that an answer may have. */
  readonly answerLimit?: number | undefined;
  /** The clock of the breaker and of sharing. */
  readonly now?: (() => number) | undefined;
}

const timeouts = new Set(['TimeoutError', 'ConnectTimeoutError']);
const isTimeout = (error: unknown): boolean => timeouts.has((error as { name?: string }).name ?? '');

/** Does work with a signal of its own, which says when the time is over. */
async function inTime<Result>(
  milliseconds: number,
  late: () => DomainError,
  work: (signal: AbortSignal) => Promise<Result>,
) {
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(late()), milliseconds);
  try {
    return await work(time.signal);
  } finally {
    clearTimeout(timer);
  }
}

function restCall(
  { method, url, headers, body }: RestRequest,
  { requestId }: SubgraphRequest,
  seal: ((path: string) => string) | undefined,
): HttpCall {
  const path = `/rest${url}`;
  const all = { ...headers, ...(seal ? { [sealHeader]: seal(path) } : {}), [requestIdHeader]: requestId };
  const list = Object.entries(all).flatMap(([name, values]) => [values ?? []].flat().flatMap((value) => [name, value]));
  return { path, method, headers: list, body };
}

/**
 * Reaches a subgraph over HTTP with kept connections, a time limit, and the viewer sealed into a header. Queries are asked
 * again where that may help; a subgraph that fails is left alone for a while.
 */
export function remoteSubgraph(options: RemoteSubgraphOptions): SubgraphTransport {
  const { name, url, timeoutMs, seal, connections = 64, answerLimit = 64 * 1024 * 1024, now = Date.now } = options;
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: 30_000,
    connectTimeout: Math.min(timeoutMs, 5_000),
    // Each call has a time of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const { sharesQueries = false } = options;
  const calls = new SubgraphCalls({ name, pool, path: pathname + search, seal, sharesQueries, answerLimit, now });

  const late = (): DomainError =>
    new DomainError('SUBGRAPH_TIMEOUT', `The ${name} subgraph did not answer within ${timeoutMs} ms.`);
  const failed = (error: unknown): DomainError => {
    // Whoever stopped waiting said why.
    if (error instanceof DomainError) return error;
    if (isTimeout(error)) return late();
    const reason = error instanceof Error ? error.message || error.name : 'unknown';
    return new DomainError('SUBGRAPH_UNAVAILABLE', `The ${name} subgraph cannot be reached.`, { reason });
  };
  const call = (what: HttpCall, milliseconds: number): Promise<HttpAnswer> =>
    inTime(milliseconds, late, (signal) => exchange(pool, what, signal, answerLimit)).catch((error: unknown) => {
      throw failed(error);
    });
  const probe = (path: string) => call({ path, method: 'GET', headers: [] }, Math.min(timeoutMs, 2_000));

  return {
    prepare: (query) => calls.prepare(query),
    async execute(operation, request) {
      const { signal } = request;
      try {
        // A caller that has a time of its own keeps it.
        if (signal) return await calls.execute(operation, request, signal);
        return await inTime(timeoutMs, late, (time) => calls.execute(operation, request, time));
      } catch (error) {
        throw failed(error);
      }
    },
    async rest(request, context) {
      const { method, body } = request;
      const sealed = seal && ((path: string) => seal(name, context, { method, url: path, body }));
      const answer = call(restCall(request, context, sealed), timeoutMs);
      return method === 'GET' || method === 'HEAD' ? answer : answer.finally(noteWrite);
    },
    async checks() {
      const { body } = await probe('/health');
      try {
        return JSON.parse(body.toString('utf8')) as HealthChecks;
      } catch (error) {
        throw failed(error);
      }
    },
    async ready() {
      const { status } = await probe('/readyz');
      if (status !== 200) throw new DomainError('SUBGRAPH_UNAVAILABLE', `The ${name} subgraph is not ready.`);
    },
    close: () => pool.close(),
  };
}

import type { ExecutionResult } from 'graphql';
import { Pool } from 'undici';
import { DomainError } from './domain-error.ts';
import { type Seal, type SealedCall, sealHeader } from './sealed-call.ts';
import type { HealthChecks, SubgraphOperation, SubgraphRequest, SubgraphTransport } from './subgraph.ts';
import { requestIdHeader } from './viewer.ts';

export interface RemoteSubgraphOptions {
  readonly name: string;
  readonly url: string;
  readonly timeoutMs: number;
  /** Says on whose behalf a call is made. A subgraph that is not ours is told nothing of that. */
  readonly seal?: Seal;
}

const timeouts = new Set(['TimeoutError', 'HeadersTimeoutError', 'BodyTimeoutError', 'ConnectTimeoutError']);
const isTimeout = (error: unknown): boolean => timeouts.has((error as { name?: string }).name ?? '');

/** Reaches a subgraph over HTTP with kept connections, a time limit, and the viewer sealed into a header. */
export function remoteSubgraph({ name, url, timeoutMs, seal }: RemoteSubgraphOptions): SubgraphTransport {
  const { origin, pathname, search } = new URL(url);
  const path = pathname + search;
  const pool = new Pool(origin, {
    connections: 64,
    keepAliveTimeout: 30_000,
    connectTimeout: Math.min(timeoutMs, 5_000),
  });

  const failed = (error: unknown): DomainError => {
    // Whoever stopped waiting said why.
    if (error instanceof DomainError) return error;
    const reason = error instanceof Error ? error.message || error.name : 'unknown';
    return isTimeout(error)
      ? new DomainError('SUBGRAPH_TIMEOUT', `The ${name} subgraph did not answer within ${timeoutMs} ms.`)
      : new DomainError('SUBGRAPH_UNAVAILABLE', `The ${name} subgraph cannot be reached.`, { reason });
  };

  const headersFor = (request: SubgraphRequest, call: SealedCall): Record<string, string> => ({
    ...(seal ? { [sealHeader]: seal(name, request, call) } : {}),
    [requestIdHeader]: request.requestId,
  });

  return {
    async execute(operation: SubgraphOperation, request: SubgraphRequest): Promise<ExecutionResult> {
      const { query, operationName, variables } = operation;
      const body = JSON.stringify({ query, operationName, variables });
      try {
        const { statusCode, body: answer } = await pool.request({
          path,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            ...headersFor(request, { method: 'POST', url: path, body }),
          },
          body,
          // A caller that has a time of its own keeps it.
          signal: request.signal ?? AbortSignal.timeout(timeoutMs),
        });
        if (statusCode === 200) return (await answer.json()) as ExecutionResult;
        throw new Error(`HTTP ${statusCode}: ${(await answer.text()).slice(0, 200)}`);
      } catch (error) {
        throw failed(error);
      }
    },
    async rest({ method, url, headers, body }, context) {
      const path = `/rest${url}`;
      try {
        const answer = await pool.request({
          path,
          method: method as 'GET',
          headers: {
            ...headers,
            ...headersFor(context, { method, url: path, body }),
          },
          ...(body.length > 0 ? { body } : {}),
          signal: AbortSignal.timeout(timeoutMs),
        });
        return {
          status: answer.statusCode,
          headers: answer.headers,
          body: Buffer.from(await answer.body.arrayBuffer()),
        };
      } catch (error) {
        throw failed(error);
      }
    },
    async checks() {
      try {
        const { body } = await pool.request({ path: '/health', method: 'GET', signal: AbortSignal.timeout(2_000) });
        return (await body.json()) as HealthChecks;
      } catch (error) {
        throw failed(error);
      }
    },
    async ready() {
      const { statusCode, body } = await pool
        .request({ path: '/readyz', method: 'GET', signal: AbortSignal.timeout(Math.min(timeoutMs, 2_000)) })
        .catch((error: unknown) => {
          throw failed(error);
        });
      await body.dump();
      if (statusCode !== 200) throw new DomainError('SUBGRAPH_UNAVAILABLE', `The ${name} subgraph is not ready.`);
    },
    close: () => pool.close(),
  };
}

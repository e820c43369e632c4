import { DomainError } from '@gastronom/shared/domain-error';
import type { SubgraphOperation, SubgraphTransport } from '@gastronom/shared/subgraph';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { timed } from '../metrics/graphql-metrics.ts';
import type { GatewayContext } from './context.ts';
import { within } from './deadline.ts';

/** Asks one subgraph, in this process or over HTTP. */
export type AskOne = (operation: SubgraphOperation, context: GatewayContext) => Promise<ExecutionResult>;

/**
 * A subgraph that is down or slow gives an error with a code, and nulls where its fields would be; the rest of the page
 * still comes.
 */
export function askSubgraph(name: string, transport: SubgraphTransport, timeoutMs: number): AskOne {
  const late = (): DomainError =>
    new DomainError('SUBGRAPH_TIMEOUT', `The ${name} subgraph did not answer within ${timeoutMs} ms.`);
  return timed(name, async (operation, context) => {
    try {
      return await within(timeoutMs, late, context.signal, (signal) =>
        transport.execute(operation, { ...context, signal }),
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { message, code, details } = error;
      // An operation that ran out of time, or whose client left, is no fault of the subgraph that it waited for.
      const level = context.signal?.aborted ? 'debug' : 'error';
      context.logger[level]({ err: error, subgraph: name, details }, 'a subgraph does not answer');
      throw new GraphQLError(message, { extensions: { code, serviceName: name } });
    }
  });
}

import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { DomainError } from '@gastronom/shared/domain-error';
import type { SubgraphTransport } from '@gastronom/shared/subgraph';
import { GraphQLError } from 'graphql';
import { timeFetch } from '../metrics/graphql-metrics.ts';
import type { GatewayContext } from './context.ts';
import { within } from './deadline.ts';

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/**
 * What Apollo's gateway fetches from: a subgraph in this process or over HTTP. A subgraph that is down or slow gives an
 * error with a code, and nulls where its fields would be; the rest of the page still comes.
 */
export class SubgraphDataSource implements GraphQLDataSource<GatewayContext> {
  readonly #name: string;
  readonly #transport: SubgraphTransport;
  readonly #timeoutMs: number;

  constructor(name: string, transport: SubgraphTransport, timeoutMs: number) {
    this.#name = name;
    this.#transport = transport;
    this.#timeoutMs = timeoutMs;
  }

  async process(options: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<Answer> {
    const { query, operationName, variables } = options.request;
    const context = options.context as GatewayContext;
    const operation = { query: query ?? '', operationName, variables };
    try {
      const answer = await timeFetch(this.#name, () =>
        within(this.#timeoutMs, this.#late, context.signal, (signal) =>
          this.#transport.execute(operation, { ...context, signal }),
        ),
      );
      return answer as Answer;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { message, code, details } = error;
      // An operation that ran out of time, or whose client left, is no fault of the subgraph that it waited for.
      const level = context.signal?.aborted ? 'debug' : 'error';
      context.logger[level]({ err: error, subgraph: this.#name, details }, 'a subgraph does not answer');
      throw new GraphQLError(message, { extensions: { code, serviceName: this.#name } });
    }
  }

  #late = (): DomainError =>
    new DomainError('SUBGRAPH_TIMEOUT', `The ${this.#name} subgraph did not answer within ${this.#timeoutMs} ms.`);
}

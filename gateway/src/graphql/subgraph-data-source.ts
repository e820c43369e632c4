import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { DomainError } from '@gastronom/shared/domain-error';
import type { SubgraphTransport } from '@gastronom/shared/subgraph';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from './context.ts';

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/**
 * What Apollo's gateway fetches from: a subgraph in this process or over HTTP. A subgraph that is down or slow gives an
 * error with a code, and nulls where its fields would be; the rest of the page still comes.
 */
export class SubgraphDataSource implements GraphQLDataSource<GatewayContext> {
  readonly #name: string;
  readonly #transport: SubgraphTransport;

  constructor(name: string, transport: SubgraphTransport) {
    this.#name = name;
    this.#transport = transport;
  }

  async process(options: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<Answer> {
    const { query, operationName, variables } = options.request;
    const context = options.context as GatewayContext;
    try {
      const operation = { query: query ?? '', operationName, variables };
      return (await this.#transport.execute(operation, context)) as Answer;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      context.logger.error({ err: error, subgraph: this.#name, details: error.details }, 'a subgraph does not answer');
      throw new GraphQLError(error.message, { extensions: { code: error.code } });
    }
  }
}

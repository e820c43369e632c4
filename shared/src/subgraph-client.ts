import type { GraphQLFormattedError } from 'graphql';
import { DomainError, isErrorCode } from './domain-error.ts';
import type { SubgraphDirectory, SubgraphRequest } from './subgraph.ts';

/** A command to another subgraph: the operation, and what it answers. */
export interface SubgraphCommand {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/**
 * Calls other subgraphs as a part of the product: a function call when they run in this process, signed HTTP otherwise.
 * An error in the answer is thrown, with the code it came with.
 */
export class SubgraphClient {
  readonly #subgraphs: SubgraphDirectory;
  readonly #caller: string;

  constructor(subgraphs: SubgraphDirectory, caller: string) {
    this.#subgraphs = subgraphs;
    this.#caller = caller;
  }

  async call<Data>(
    name: string,
    command: SubgraphCommand,
    request: Pick<SubgraphRequest, 'client' | 'requestId' | 'logger'>,
  ): Promise<Data> {
    const viewer = { kind: 'internal', name: this.#caller } as const;
    const { data, errors } = await this.#subgraphs(name).execute(command, { ...request, viewer });
    const first = errors?.[0] as GraphQLFormattedError | undefined;
    if (first) {
      const code = first.extensions?.code;
      throw new DomainError(isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR', first.message);
    }
    return data as Data;
  }
}

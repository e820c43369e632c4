import type { ApolloServerPlugin } from '@apollo/server';
import { DomainError } from '@gastronom/shared/domain-error';
import { counter } from '@gastronom/shared/metrics';
import { type GraphQLSchema, getOperationAST } from 'graphql';
import { LRUCache } from 'lru-cache';
import { asGraphQLError, type DocumentReader } from '../documents/document-reader.ts';
import { mayRun } from '../documents/documents-plugin.ts';
import { type PlainRequest, rememberedCharacters, weightOf } from '../documents/plain-request.ts';
import type { RegisteredDocuments } from '../documents/registered-documents.ts';
import type { ChargeOperation } from '../limits/limit-operations.ts';
import { countOperation } from '../metrics/graphql-metrics.ts';
import { stringifyAnswer } from '../sharing/public-answer.ts';
import type { GatewayContext, RanOperation } from './context.ts';
import type { Execute, ExecutingGateway, Request } from './executor.ts';
import { asksForSchema } from './introspection-guard.ts';

export interface KnownOperationsOptions {
  readonly reader: DocumentReader;
  readonly registered: RegisteredDocuments;
  readonly registeredOnly: boolean;
  /** Null where nothing is limited. */
  readonly charge: ChargeOperation | null;
}

interface Way extends RanOperation {
  readonly contentType: string;
}

/** A request whose like Apollo let through. */
export interface KnownOperation extends Way {
  readonly variables: Readonly<Record<string, unknown>>;
}

const runs = counter(
  'gastronom_known_operations_total',
  'Queries answered without Apollo Server: their like was before.',
);

/**
 * Queries that have been through Apollo Server once, whose like is run without it: who asks is identified, and charged, and
 * answered. What does not end in an answer without errors is handed to Apollo with what it came to, so that errors are told
 * in one way.
 */
export class KnownOperations {
  readonly #options: KnownOperationsOptions;
  readonly #ways = new LRUCache<string, Way>({ maxSize: rememberedCharacters, sizeCalculation: weightOf });
  #execute: Execute | undefined;
  #schema: GraphQLSchema | undefined;

  constructor(options: KnownOperationsOptions) {
    this.#options = options;
  }

  /** Takes note of what runs operations; what has run is not run again. */
  over(gateway: ExecutingGateway): ExecutingGateway {
    return {
      onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
      load: async (options) => {
        const { executor } = await gateway.load(options);
        this.#execute = executor ?? undefined;
        return {
          executor: executor && ((request) => (request.context as GatewayContext).answered ?? executor(request)),
        };
      },
      stop: () => gateway.stop(),
    };
  }

  /** Notes of each query whether its like may be run without Apollo. */
  get plugin(): ApolloServerPlugin<GatewayContext> {
    return {
      serverWillStart: async ({ schema }) => {
        this.#schema = schema;
      },
      requestDidStart: async () => ({
        async willSendResponse({ operation, document, queryHash, contextValue, request, errors }) {
          // The schema is shown to some alone, and asked for seldom.
          if (errors || !document || !queryHash || operation?.operation !== 'query' || asksForSchema(document)) return;
          if (!contextValue.shared) return;
          contextValue.shared.ran = { documentKey: queryHash, operationName: request.operationName };
        },
      }),
    };
  }

  find({ key, variables, isAddress }: PlainRequest): KnownOperation | undefined {
    const way = isAddress ? undefined : this.#ways.get(key);
    return way && { ...way, variables };
  }

  learn({ key, isAddress }: PlainRequest, ran: RanOperation, contentType: string): void {
    if (!isAddress) this.#ways.set(key, { ...ran, contentType });
  }

  /** The answer; undefined where Apollo is to say what there is to be said. */
  async run(known: KnownOperation, context: GatewayContext): Promise<string | undefined> {
    const request = this.#request(known, context);
    if (!request) return undefined;
    context.answered = this.#answer(request, context);
    try {
      const result = await context.answered;
      if (result.errors?.length || result.extensions || !result.data) return undefined;
      runs.inc();
      countOperation('query', result);
      return stringifyAnswer(result);
    } catch {
      // Apollo waits for the same, and tells of it.
      return undefined;
    }
  }

  #request({ documentKey, operationName, variables }: KnownOperation, context: GatewayContext): Request | undefined {
    const { reader } = this.#options;
    const document = reader.known(documentKey);
    const operation = document && getOperationAST(document, operationName);
    if (!operation || !this.#schema || !mayRun(documentKey, context.viewer, this.#options)) return undefined;
    const request = { operationName, variables };
    return { request, document, operation, schema: this.#schema, context } as unknown as Request;
  }

  async #answer(request: Request, context: GatewayContext): ReturnType<Execute> {
    const { schema, document, operation } = request;
    if (!this.#execute) throw new Error('the gateway runs nothing');
    try {
      await this.#options.charge?.({
        schema,
        document,
        operation,
        variables: request.request.variables ?? {},
        context,
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { errors: [asGraphQLError(error)] };
    }
    return this.#execute(request);
  }
}

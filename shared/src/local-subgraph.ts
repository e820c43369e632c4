import { type ExecutionResult, GraphQLError } from 'graphql';
import { countOperations } from './compiled/operation-metrics.ts';
import { createOperationRunner } from './compiled/operation-runner.ts';
import { DomainError } from './domain-error.ts';
import { createRestServer } from './http/rest-server.ts';
import type {
  SubgraphDefinition,
  SubgraphEnvironment,
  SubgraphOperation,
  SubgraphRequest,
  SubgraphTransport,
} from './subgraph.ts';
import type { SubgraphSchema } from './subgraph-schema.ts';

/** What Node and PostgreSQL say when there is no connection to be had, or one was lost; pg itself says it in words alone. */
const connectionCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '53300', '57P01', '57P02', '57P03', '08006']);
const connectionWords =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|connect ENOENT/;

const isDatabaseAway = (error: Error & { code?: string }): boolean =>
  connectionCodes.has(error.code ?? '') || connectionWords.test(error.message);

/** A value of the client's that does not fit its type. */
const unfit = (message: string): GraphQLError => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** Errors that were thrown with a code keep it; all others are logged and masked, so that nothing internal leaks. */
function presentable(error: GraphQLError, name: string, request: SubgraphRequest): GraphQLError {
  const { originalError } = error;
  if (originalError instanceof DomainError) {
    return new GraphQLError(error.message, {
      nodes: error.nodes,
      path: error.path,
      extensions: { code: originalError.code, ...(originalError.details ? { details: originalError.details } : {}) },
    });
  }
  // No field is to blame: the variables do not fit their types.
  if (error.path === undefined && !error.extensions.code) return unfit(error.message);
  if (!originalError || (originalError instanceof GraphQLError && originalError.extensions.code)) return error;
  if (originalError.name === 'GraphQLError') return error;
  request.logger.error({ err: originalError, subgraph: name, path: error.path }, 'a resolver failed');
  if (isDatabaseAway(originalError)) {
    return new GraphQLError(`The ${name} subgraph cannot reach its database. Try again soon.`, {
      nodes: error.nodes,
      path: error.path,
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    });
  }
  return new GraphQLError('Something went wrong on our side. The request id finds it in our logs.', {
    nodes: error.nodes,
    path: error.path,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
}

/** A schema does not depend on what it is mounted on: the process that mounts a subgraph again, as a test does, builds it once. */
const schemas = new WeakMap<SubgraphDefinition['buildSchema'], Promise<SubgraphSchema>>();

function schemaOf({ buildSchema }: SubgraphDefinition): Promise<SubgraphSchema> {
  const built = schemas.get(buildSchema) ?? buildSchema();
  schemas.set(buildSchema, built);
  return built;
}

/** Runs a subgraph in this process: operations are parsed, validated and compiled once, then run without HTTP. */
export async function mountSubgraph(
  definition: SubgraphDefinition,
  environment: SubgraphEnvironment,
): Promise<SubgraphTransport> {
  const { name } = definition;
  const { schema } = await schemaOf(definition);
  const contextOf = definition.createContext(environment);
  const rest = await createRestServer(definition, environment);
  const checks = definition.createChecks?.(environment);
  const counts = countOperations(name);
  const runner = createOperationRunner(schema, {
    hasReferences: true,
    onRun: counts.count,
    onFailure: (err, query) =>
      environment.logger.error({ err, subgraph: name, query }, 'an operation was not compiled'),
  });
  counts.watch(runner);

  return {
    async execute(operation: SubgraphOperation, request: SubgraphRequest): Promise<ExecutionResult> {
      const result = await runner.run(operation, contextOf(request));
      if (!result.errors) return result;
      return { ...result, errors: result.errors.map((error) => presentable(error, name, request)) };
    },
    prepare: runner.prepare,
    rest: (request, context) => rest.handle(request, context),
    async checks() {
      return (await checks?.()) ?? {};
    },
    async ready() {
      await environment.dataSource.query('SELECT 1');
    },
    async close() {
      counts.end();
      await rest.close();
      await definition.close?.(environment);
      if (environment.dataSource.isInitialized) await environment.dataSource.destroy();
    },
  };
}

import type { SubgraphEnvironment, SubgraphRequest } from './subgraph.ts';

type ContextOf<Context> = (request: SubgraphRequest) => Context;

export interface SubgraphContexts<Context, Chosen extends readonly unknown[]> {
  /** What makes the contexts of an environment: itself made when the first of its parts asks. */
  readonly of: (environment: SubgraphEnvironment) => ContextOf<Context>;
  /** Makes it anew, as a test chooses, for all who ask from now on. */
  readonly create: (environment: SubgraphEnvironment, ...chosen: Chosen | []) => ContextOf<Context>;
  /** For what no request asks for: a job, or the process itself. */
  readonly internal: (environment: SubgraphEnvironment, requestId: string) => Context;
}

/**
 * What the requests, REST endpoints, checks and jobs of one subgraph share is made once for its environment, whichever of
 * them comes first.
 * @param make does so; what it takes beside the environment, as settings or a clock, has defaults.
 */
export function subgraphContexts<Context, Chosen extends readonly unknown[]>(
  name: string,
  make: (environment: SubgraphEnvironment, ...chosen: Chosen | []) => ContextOf<Context>,
): SubgraphContexts<Context, Chosen> {
  const made = new WeakMap<SubgraphEnvironment, ContextOf<Context>>();
  const create = (environment: SubgraphEnvironment, ...chosen: Chosen | []): ContextOf<Context> => {
    const contextOf = make(environment, ...chosen);
    made.set(environment, contextOf);
    return contextOf;
  };
  const of = (environment: SubgraphEnvironment): ContextOf<Context> => made.get(environment) ?? create(environment);
  return {
    of,
    create,
    internal: (environment, requestId) =>
      of(environment)({ viewer: { kind: 'internal', name }, requestId, logger: environment.logger }),
  };
}

import type { GatewayContext } from '../graphql/context.ts';
import type { ExecutingGateway, Request, Result } from '../graphql/executor.ts';
import type { FederationExecutor } from './federation-executor.ts';
import { shownPlan } from './shown-plan.ts';

export interface OwnGatewayOptions {
  readonly supergraphSdl: string;
  /** Whether plans are shown to whoever asks: they tell of fields that are not public. */
  readonly showsPlans: boolean;
}

/** The headers by which Apollo Sandbox asks for the plan beside the answer. */
const planHeader = 'apollo-query-plan-experimental';
const formatHeader = 'apollo-query-plan-experimental-format';

/** Our executor in the place where Apollo Server expects a gateway. */
export function ownGateway(executor: FederationExecutor, options: OwnGatewayOptions): ExecutingGateway {
  const { supergraphSdl, showsPlans } = options;
  const withPlan = async (result: object, { document, request }: Request): Promise<object> => {
    const { operationName, variables, http } = request;
    if (!http?.headers.get(planHeader)) return result;
    const plan = await executor.plan({ document, operationName, variables });
    const shown = shownPlan(plan, http.headers.get(formatHeader) === 'internal');
    return { ...result, extensions: { __queryPlanExperimental: shown } };
  };
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: executor.schema, coreSupergraphSdl: supergraphSdl });
      return () => undefined;
    },
    load: async () => ({
      async executor(asked) {
        const { document, request } = asked;
        const { operationName, variables } = request;
        const context = asked.context as GatewayContext;
        const written = await executor.answer({ document, operationName, variables, context });
        // No data at all is looked for as such, by live queries among others.
        const answer = written.data?.text === 'null' ? { ...written, data: null } : written;
        // Apollo hands the data on as they are, to whoever writes the answer.
        return (showsPlans ? await withPlan(answer, asked) : answer) as Result;
      },
    }),
    stop: () => Promise.resolve(),
  };
}

import type { GatewayContext } from '../graphql/context.ts';
import type { ExecutingGateway, Result } from '../graphql/executor.ts';
import type { FederationExecutor } from './federation-executor.ts';

/** Our executor in the place where Apollo Server expects a gateway. */
export function ownGateway(executor: FederationExecutor, supergraphSdl: string): ExecutingGateway {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: executor.schema, coreSupergraphSdl: supergraphSdl });
      return () => undefined;
    },
    load: async () => ({
      async executor({ document, request, context }) {
        const { operationName, variables } = request;
        const asked = { document, operationName, variables, context: context as GatewayContext };
        // Apollo hands the data on as they are, to whoever writes the answer.
        return (await executor.answer(asked)) as Result;
      },
    }),
    stop: () => Promise.resolve(),
  };
}

import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { errorCodes, isErrorCode } from '@gastronom/shared/domain-error';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { AnswerText } from '../execution/answer-text.ts';
import { countOperation } from '../metrics/graphql-metrics.ts';
import type { GatewayContext } from './context.ts';
import { formatError } from './format-error.ts';
import { seesSchema } from './introspection-guard.ts';

type Result = FormattedExecutionResult<Record<string, unknown>>;

/**
 * Where no subgraph reported an error, Apollo's gateway tells in an extension what did not fit the schema. That is our
 * fault, and errors belong among the errors.
 */
function liftValueCompletion(result: Result): void {
  const { valueCompletion, ...others } = result.extensions ?? {};
  if (!Array.isArray(valueCompletion)) return;
  const errors = valueCompletion.map((error: GraphQLFormattedError) => ({
    message: error.message,
    ...(error.path ? { path: error.path } : {}),
  }));
  result.errors = [...(result.errors ?? []), ...errors];
  if (Object.keys(others).length > 0) result.extensions = others;
  else delete result.extensions;
}

const isEmpty = (data: unknown): boolean =>
  data instanceof AnswerText ? data.isEmpty : !data || Object.values(data).every((value) => value === null);

/** An operation whose time ran out before anything was answered gives no data at all. */
function dropEmptyData(result: Result): void {
  const timedOut = result.errors?.some(({ extensions }) => extensions?.code === 'OPERATION_TIMEOUT');
  if (timedOut && isEmpty(result.data)) delete result.data;
}

/** The status of an operation that was refused as a whole, or that came to nothing. */
function statusOf({ data, errors }: Result): number | undefined {
  if (data !== undefined) return undefined;
  const code = errors?.[0]?.extensions?.code;
  return isErrorCode(code) ? errorCodes[code].status : undefined;
}

/** Apollo's clients expect the misses of automatic persisted queries as a plain answer. */
const isPersistedQueryMiss = ({ errors }: Result): boolean => errors?.[0]?.message === 'PersistedQueryNotFound';

interface ErrorFormSettings {
  readonly production: boolean;
  readonly foreign?: boolean | undefined;
}

function finish(
  context: GraphQLRequestContextWillSendResponse<GatewayContext>,
  { production, foreign }: ErrorFormSettings,
): void {
  const { response, contextValue } = context;
  if (response.body.kind !== 'single') return;
  const { refusal, requestId, viewer, logger } = contextValue;
  const result: Result = response.body.singleResult;
  if (refusal) result.errors = refusal.errors.map((error) => error.toJSON());
  if (result.extensions) liftValueCompletion(result);
  if (!result.errors) return;
  const log = (error: GraphQLFormattedError) => logger.error({ graphqlError: error }, 'an operation failed');
  const hideSuggestions = production && !seesSchema(viewer);
  const status = refusal ? undefined : response.http.status;
  result.errors = result.errors.map((error) =>
    formatError(error, { requestId, log, hideSuggestions, foreign, status }),
  );
  dropEmptyData(result);
  const miss = isPersistedQueryMiss(result);
  const chosen = miss ? 200 : statusOf(result);
  // The operations of a batch share one status: each tells its own in its errors.
  if (context.requestIsBatched) delete response.http.status;
  else if (chosen !== undefined) response.http.status = chosen;
}

/** Puts each operation's errors into our form, and gives it the status that goes with them. */
export const errorForm = (settings: ErrorFormSettings): ApolloServerPlugin<GatewayContext> => ({
  async requestDidStart() {
    return {
      async willSendResponse(context) {
        finish(context, settings);
        const { operation, response } = context;
        if (response.body.kind === 'single') countOperation(operation?.operation, response.body.singleResult);
      },
    };
  },
});

import { type ErrorCode, errorCodes, isErrorCode } from '@gastronom/shared/domain-error';
import type { GraphQLFormattedError } from 'graphql';

const synonyms: Readonly<Record<string, ErrorCode>> = {
  DOWNSTREAM_SERVICE_ERROR: 'SUBGRAPH_UNAVAILABLE',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_REQUEST',
  OPERATION_RESOLUTION_FAILURE: 'GRAPHQL_VALIDATION_FAILED',
};

export interface ErrorExtensions {
  readonly code: string;
  readonly error: string;
  readonly status: number;
  readonly timestamp: string;
  readonly requestId: string;
}

export const errorExtensions = (code: ErrorCode, requestId: string): ErrorExtensions => ({
  code,
  ...errorCodes[code],
  timestamp: new Date().toISOString(),
  requestId,
});

/** The form in which every top-level error leaves: what it is, its HTTP status, when, and the request's id. Nothing internal. */
export function formatError(
  error: GraphQLFormattedError,
  requestId: string,
  log: (error: GraphQLFormattedError) => void,
): GraphQLFormattedError {
  const given = error.extensions?.code;
  const code = isErrorCode(given) ? given : (synonyms[String(given)] ?? 'INTERNAL_SERVER_ERROR');
  const masked = code === 'INTERNAL_SERVER_ERROR';
  if (masked) log(error);
  const { details, serviceName } = (error.extensions ?? {}) as { details?: unknown; serviceName?: string };
  return {
    message: masked ? 'Something went wrong on our side. The request id finds it in our logs.' : error.message,
    ...(error.locations ? { locations: error.locations } : {}),
    ...(error.path ? { path: error.path } : {}),
    extensions: {
      ...errorExtensions(code, requestId),
      // A code of Apollo's own that clients know is kept beside ours.
      ...(given === 'PERSISTED_QUERY_NOT_FOUND' ? { code: given } : {}),
      ...(serviceName && !masked ? { subgraph: serviceName } : {}),
      ...(details ? { details } : {}),
    },
  };
}

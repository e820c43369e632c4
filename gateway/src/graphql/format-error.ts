import { type ErrorCode, errorCodes, isErrorCode } from '@gastronom/shared/domain-error';
import type { GraphQLFormattedError } from 'graphql';

/** Codes that Apollo has beside ours. DOWNSTREAM_SERVICE_ERROR is none of them: nobody looked at what such an error says. */
const synonyms: Readonly<Record<string, ErrorCode>> = {
  OPERATION_RESOLUTION_FAILURE: 'GRAPHQL_VALIDATION_FAILED',
};

/** Apollo answers these by their status alone. */
const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

/** Values that do not fit are told back, but not at any length. */
const longestMessage = 1_000;

export interface ErrorExtensions {
  readonly code: ErrorCode;
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

export interface ErrorFormOptions {
  readonly requestId: string;
  /** Told of each error whose cause is ours, before it is masked. */
  readonly log: (error: GraphQLFormattedError) => void;
  /** Whether names of the schema that come near what was meant stay out. */
  readonly hideSuggestions?: boolean | undefined;
  /** Whether the subgraphs are not ours, whose codes are unknown to us: what they say is left as it is, and all is told. */
  readonly foreign?: boolean | undefined;
  /** The HTTP status that Apollo chose. */
  readonly status?: number | undefined;
}

function codeOf({ extensions }: GraphQLFormattedError, status: number | undefined): ErrorCode {
  const given = extensions?.code;
  if (given === 'BAD_REQUEST') return codeByStatus[status ?? 400] ?? given;
  return isErrorCode(given) ? given : (synonyms[String(given)] ?? 'INTERNAL_SERVER_ERROR');
}

function readable(message: string, hideSuggestions = false): string {
  const start = hideSuggestions && message.endsWith('?') ? message.lastIndexOf(' Did you mean ') : -1;
  const told = start < 0 ? message : message.slice(0, start);
  return told.length > longestMessage ? `${told.slice(0, longestMessage)}…` : told;
}

/** The form in which every top-level error leaves: what it is, its HTTP status, when, and the request's id. Nothing internal. */
export function formatError(error: GraphQLFormattedError, options: ErrorFormOptions): GraphQLFormattedError {
  const code = codeOf(error, options.status);
  const masked = code === 'INTERNAL_SERVER_ERROR';
  const { details, serviceName } = (error.extensions ?? {}) as { details?: unknown; serviceName?: string };
  if (options.foreign && (masked || serviceName)) {
    if (!serviceName) options.log(error);
    return error;
  }
  if (masked) options.log(error);
  // What is our fault has no details that a client could use, and some that are not for it.
  const ours = errorCodes[code].status >= 500;
  return {
    message: masked
      ? 'Something went wrong on our side. The request id finds it in our logs.'
      : readable(error.message, options.hideSuggestions),
    ...(error.locations ? { locations: error.locations } : {}),
    ...(error.path ? { path: error.path } : {}),
    extensions: {
      ...errorExtensions(code, options.requestId),
      ...(serviceName && !masked ? { subgraph: serviceName } : {}),
      ...(details && !ours ? { details } : {}),
    },
  };
}

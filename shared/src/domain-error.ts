/** What a client can be told about an error: its code, the name and status that REST endpoints answer, by the code. */
export const errorCodes = {
  BAD_USER_INPUT: { error: 'BadUserInputError', status: 400 },
  BAD_CURSOR: { error: 'BadCursorError', status: 400 },
  GRAPHQL_PARSE_FAILED: { error: 'GraphQLParseError', status: 400 },
  GRAPHQL_VALIDATION_FAILED: { error: 'GraphQLValidationError', status: 400 },
  BAD_REQUEST: { error: 'BadRequestError', status: 400 },
  OPERATION_TOO_LARGE: { error: 'OperationTooLargeError', status: 400 },
  OPERATION_TOO_COSTLY: { error: 'OperationTooCostlyError', status: 400 },
  PERSISTED_QUERY_NOT_FOUND: { error: 'PersistedQueryNotFoundError', status: 400 },
  PERSISTED_QUERY_NOT_SUPPORTED: { error: 'PersistedQueryNotSupportedError', status: 400 },
  DOCUMENT_NOT_REGISTERED: { error: 'DocumentNotRegisteredError', status: 403 },
  UNAUTHENTICATED: { error: 'UnauthenticatedError', status: 401 },
  FORBIDDEN: { error: 'ForbiddenError', status: 403 },
  HTTPS_REQUIRED: { error: 'HttpsRequiredError', status: 403 },
  NOT_FOUND: { error: 'NotFoundError', status: 404 },
  METHOD_NOT_ALLOWED: { error: 'MethodNotAllowedError', status: 405 },
  NOT_ACCEPTABLE: { error: 'NotAcceptableError', status: 406 },
  REQUEST_TIMEOUT: { error: 'RequestTimeoutError', status: 408 },
  CONFLICT: { error: 'ConflictError', status: 409 },
  IDEMPOTENCY_KEY_REUSED: { error: 'IdempotencyKeyReusedError', status: 409 },
  PAYLOAD_TOO_LARGE: { error: 'PayloadTooLargeError', status: 413 },
  UNSUPPORTED_MEDIA_TYPE: { error: 'UnsupportedMediaTypeError', status: 415 },
  RATE_LIMITED: { error: 'RateLimitedError', status: 429 },
  HEADERS_TOO_LARGE: { error: 'HeadersTooLargeError', status: 431 },
  INTERNAL_SERVER_ERROR: { error: 'InternalServerError', status: 500 },
  SUBGRAPH_UNAVAILABLE: { error: 'SubgraphUnavailableError', status: 503 },
  IDENTITY_UNAVAILABLE: { error: 'IdentityUnavailableError', status: 503 },
  OPERATION_TIMEOUT: { error: 'OperationTimeoutError', status: 504 },
  SUBGRAPH_TIMEOUT: { error: 'SubgraphTimeoutError', status: 504 },
  OVERLOADED: { error: 'OverloadedError', status: 503 },
  SHUTTING_DOWN: { error: 'ShuttingDownError', status: 503 },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error whose message a client may read. Every other error is masked before it leaves a subgraph. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, details?: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = errorCodes[code].error;
    this.code = code;
    this.details = details;
  }
}

export const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && code in errorCodes;

import type { ErrorCode } from './domain-error.ts';

interface Meaning {
  readonly means: string;
  readonly todo: string;
}

const correct = 'Correct the request; the message says what.';
const again = 'Send the same again after a moment, waiting longer each time.';

/** What each code of `errorCodes` means and what a client does about it: docs/ERRORS.md is made of it, and nothing else. */
export const errorMeanings: Readonly<Record<ErrorCode, Meaning>> = {
  BAD_USER_INPUT: {
    means: 'An argument or a variable is not what the schema or its description asks for.',
    todo: correct,
  },
  BAD_CURSOR: {
    means: '`after` is no cursor of this list: of another list, sort or filter, or made up.',
    todo: 'Start again without `after`.',
  },
  GRAPHQL_PARSE_FAILED: { means: 'The document is no GraphQL.', todo: correct },
  GRAPHQL_VALIDATION_FAILED: { means: 'The document does not fit the schema.', todo: correct },
  BAD_REQUEST: { means: 'The request itself is malformed: its JSON, its form, or its bytes.', todo: correct },
  OPERATION_TOO_LARGE: {
    means:
      'The document is too deep, too long, or has too many aliases or directives; or the batch has too many operations.',
    todo: 'Ask in smaller operations.',
  },
  OPERATION_TOO_COSTLY: {
    means: 'The operation could come to more than one operation may cost: lists multiply what they hold.',
    todo: 'Ask for smaller pages, or for less of each row.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    means: 'The hash is of a document that this server does not remember.',
    todo: 'Send the document together with its hash; clients of Apollo do so by themselves.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    means: 'Documents are not remembered by their hash here.',
    todo: 'Send the whole document.',
  },
  DOCUMENT_NOT_REGISTERED: {
    means: 'Only registered documents are answered to this caller, and this is none.',
    todo: 'Register the document, or send the id of one that is.',
  },
  UNAUTHENTICATED: {
    means: 'Nobody is signed in, or the token, key or secret is not accepted.',
    todo: 'Sign in, or send another key. The same again is refused again.',
  },
  FORBIDDEN: {
    means: 'Whoever asks is known and may not do this: the message says what it needs.',
    todo: 'Ask as somebody who may ([PERMISSIONS.md](PERMISSIONS.md)).',
  },
  HTTPS_REQUIRED: { means: 'The request came over plain HTTP.', todo: 'Send it over HTTPS.' },
  NOT_FOUND: { means: 'There is no such thing, or no such address.', todo: correct },
  METHOD_NOT_ALLOWED: { means: 'The address does not know the HTTP method.', todo: 'Use one of those in `Allow`.' },
  NOT_ACCEPTABLE: { means: '`Accept` allows no type that could be answered.', todo: 'Accept JSON.' },
  REQUEST_TIMEOUT: { means: 'The request did not arrive in time.', todo: again },
  CONFLICT: {
    means: 'It does not fit what is there: what was asked for is over, or somebody else was first.',
    todo: 'Read the state of now, then decide.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    means: 'The key stands for an earlier call with other content.',
    todo: 'Use a new key for new content.',
  },
  PAYLOAD_TOO_LARGE: { means: 'The body is larger than the limit in the message.', todo: 'Send it in smaller parts.' },
  UNSUPPORTED_MEDIA_TYPE: { means: 'The body is of a type or an encoding that is not read here.', todo: correct },
  RATE_LIMITED: {
    means: 'This address, person or key asked for too much lately.',
    todo: 'Wait for as many seconds as `Retry-After` says.',
  },
  HEADERS_TOO_LARGE: { means: 'The headers are larger than the limit.', todo: 'Send fewer or shorter headers.' },
  INTERNAL_SERVER_ERROR: {
    means: 'A fault of ours. The message says nothing of it; our log does, under the `requestId`.',
    todo: `${again} If it stays, tell us the \`requestId\`.`,
  },
  SUBGRAPH_UNAVAILABLE: {
    means: 'A part of the product cannot be reached; the other fields are answered.',
    todo: again,
  },
  IDENTITY_UNAVAILABLE: {
    means: 'Clerk cannot be reached: who asks cannot be found out, or nothing changed about an organization.',
    todo: again,
  },
  OPERATION_TIMEOUT: { means: 'The operation took longer than one may.', todo: 'Ask for less at once.' },
  SUBGRAPH_TIMEOUT: {
    means: 'A part of the product did not answer in time. What a mutation asked may have been done.',
    todo: `${again} What has an idempotency key is done once.`,
  },
  OVERLOADED: { means: 'The server has more work at this moment than it can finish.', todo: again },
  SHUTTING_DOWN: { means: 'This server is stopping; another answers.', todo: 'Send the same again at once.' },
};

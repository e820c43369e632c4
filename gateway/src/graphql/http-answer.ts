import type { GraphQLFormattedError } from 'graphql';
import { type ErrorFormOptions, formatError } from './format-error.ts';

export const graphqlResponseType = 'application/graphql-response+json';

/** The media types that an answer may have, and their ranges. */
const acceptable = new Set(['application/json', graphqlResponseType, 'application/*', '*/*']);

function mediaRanges(accept: string): string[] {
  return accept
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim().toLowerCase()))
    .filter(([, ...parameters]) => !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)))
    .map(([range = '']) => range);
}

/** Whether a client would read what GraphQL answers: found out before anything is run for it. */
export const canBeAnswered = (accept: string | undefined): boolean =>
  !accept || mediaRanges(accept).some((range) => acceptable.has(range));

/** Whether a client would read an answer that lasts. It has to say so by name. */
export const canBeStreamed = (accept: string | undefined): boolean =>
  accept !== undefined && mediaRanges(accept).includes('text/event-stream');

/** The type of an answer that did not get as far as Apollo. */
export const answerTypeFor = (accept: string | undefined): string =>
  accept && mediaRanges(accept)[0] === graphqlResponseType ? graphqlResponseType : 'application/json';

/** Errors of the operation itself: `application/json` tells them with status 200, as the specification wants it. */
const operationErrors = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Finishes an answer that is an error: what Apollo refused before an operation began has our form from here, and the
 * status follows the type of the answer.
 */
export function finishError(answer: HttpAnswer, contentType: string, options: ErrorFormOptions): HttpAnswer {
  const { errors, ...rest } = JSON.parse(answer.body) as { errors: GraphQLFormattedError[] };
  const formed = errors.map((error) => (error.extensions?.timestamp ? error : formatError(error, options)));
  const isPlainJson = !contentType.startsWith(graphqlResponseType);
  const status =
    isPlainJson && formed.every(({ extensions }) => operationErrors.has(extensions?.code)) ? 200 : answer.status;
  return { status, body: JSON.stringify({ errors: formed, ...rest }) };
}

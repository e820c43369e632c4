import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { publicKey } from './private-names.ts';
import type { AnswerPath } from './targets.ts';

/** A place in the answer by the names that the client gave. */
export const publicPath = (path: AnswerPath): AnswerPath =>
  path.map((step) => (typeof step === 'string' ? publicKey(step) : step));

/** An error of a subgraph, told at its place in the whole answer. */
export function errorOf(
  { message, extensions }: GraphQLFormattedError,
  subgraph: string,
  path: AnswerPath | undefined,
): GraphQLError {
  return new GraphQLError(message || `The ${subgraph} subgraph reported an error without a message.`, {
    ...(path ? { path: publicPath(path) } : {}),
    extensions: { ...extensions, serviceName: subgraph },
  });
}

/** An answer that breaks the protocol between gateway and subgraphs. */
export const badAnswer = (subgraph: string, trouble: string): GraphQLError =>
  new GraphQLError(`The ${subgraph} subgraph ${trouble}.`, { extensions: { serviceName: subgraph } });

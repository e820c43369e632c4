import type { ExecutionResult } from 'graphql';
import type { HttpAnswer } from './exchange.ts';

/** What came is no answer to an operation. */
export class NoGraphqlAnswer extends Error {}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isResult = (value: unknown): value is ExecutionResult =>
  typeof value === 'object' && value !== null && ('data' in value || 'errors' in value);

/** Reads an answer from its bytes, whatever its status: servers answer 400 or 500 where an operation has errors, too. */
export function graphqlAnswer({ status, headers, body }: HttpAnswer): ExecutionResult {
  const text = body.toString('utf8');
  const result = parsed(text);
  if (isResult(result)) return result;
  const type = headers['content-type'] ?? 'no type';
  throw new NoGraphqlAnswer(`HTTP ${status}, ${type}, no GraphQL: ${text.slice(0, 200)}`);
}

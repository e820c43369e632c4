import { DomainError } from '@gastronom/shared/domain-error';

type Operation = Record<string, unknown>;

const isObject = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isStringOrNothing = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string';
const isObjectOrNothing = (value: unknown): boolean => value === undefined || value === null || isObject(value);

function troubleOf(operation: unknown): string | undefined {
  if (!isObject(operation) || Object.keys(operation).length === 0) return 'is no GraphQL request';
  for (const name of ['query', 'operationName', 'documentId']) {
    if (!isStringOrNothing(operation[name])) return `has a \`${name}\` that is no string`;
  }
  for (const name of ['variables', 'extensions']) {
    if (!isObjectOrNothing(operation[name])) return `has \`${name}\` that are no object`;
  }
  return undefined;
}

/**
 * Holds a batch to its limit, and looks at the form of each of its operations: one that cannot be a request must not
 * fail the answer while the others are already changing things.
 */
export function checkBatch(body: unknown, limit: number): void {
  if (!Array.isArray(body)) return;
  if (limit === 0) throw new DomainError('BAD_REQUEST', 'This server takes one operation a request, no batches.');
  if (body.length === 0) throw new DomainError('BAD_REQUEST', 'The batch is empty.');
  if (body.length > limit) {
    throw new DomainError(
      'OPERATION_TOO_LARGE',
      `The batch has ${body.length} operations, and at most ${limit} are allowed.`,
      { limit: 'batch', allowed: limit, given: body.length },
    );
  }
  for (const [index, operation] of body.entries()) {
    const trouble = troubleOf(operation);
    if (trouble) throw new DomainError('BAD_REQUEST', `Operation ${index} of the batch ${trouble}. None was run.`);
  }
}

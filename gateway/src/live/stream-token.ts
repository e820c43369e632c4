import { DomainError } from '@gastronom/shared/domain-error';
import type { FastifyRequest } from 'fastify';

export const tokenHeader = 'x-graphql-event-stream-token';

/** The token by which a request names its stream; where a page’s `EventSource` cannot set headers, in the address. */
export function streamTokenOf({ headers, url }: FastifyRequest): string | undefined {
  const given = headers[tokenHeader];
  if (typeof given === 'string' && given !== '') return given;
  if (!url.includes('token=')) return undefined;
  return new URL(url, 'http://localhost').searchParams.get('token') ?? undefined;
}

export const noStream = (): DomainError =>
  new DomainError('NOT_FOUND', 'There is no stream of this token. Reserve one by PUT.');

import type { GraphQLRequest } from '@apollo/server';
import { DomainError } from '@gastronom/shared/domain-error';
import { z } from 'zod';

/** How a client says which document it wants to run: by its text, by its id, by its hash, or by text and hash. */
export interface AskedDocument {
  readonly query: string | undefined;
  readonly documentId: string | undefined;
  /** The hash of Apollo's automatic persisted queries. */
  readonly persistedHash: string | undefined;
}

const persistedQuery = z.object({
  version: z.literal(1),
  sha256Hash: z.string().regex(/^[0-9a-f]{64}$/),
});

function persistedHashOf(extensions: GraphQLRequest['extensions']): string | undefined {
  const given: unknown = extensions?.persistedQuery;
  if (given === undefined || given === null) return undefined;
  const parsed = persistedQuery.safeParse(given);
  if (parsed.success) return parsed.data.sha256Hash;
  throw new DomainError(
    'BAD_REQUEST',
    '`extensions.persistedQuery` must hold `version`, which is 1, and `sha256Hash`, 64 hexadecimal digits in lower case.',
  );
}

function documentIdOf(http: GraphQLRequest['http']): string | undefined {
  let given: unknown;
  if (http?.method === 'GET') {
    if (!http.search.includes('documentId')) return undefined;
    const values = new URLSearchParams(http.search).getAll('documentId');
    given = values.length > 1 ? values : values[0];
  } else {
    given = (http?.body as { documentId?: unknown } | undefined)?.documentId;
  }
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'string' && given !== '') return given;
  throw new DomainError('BAD_REQUEST', '`documentId` must be one string, as `sha256:` and the hash of the document.');
}

/** Throws BAD_REQUEST at a request that says it in a wrong way, or not at all. */
export function askedDocument({ query, extensions, http }: GraphQLRequest): AskedDocument {
  const asked = {
    query: query || undefined,
    documentId: documentIdOf(http),
    persistedHash: persistedHashOf(extensions),
  };
  if (asked.query ?? asked.documentId ?? asked.persistedHash) return asked;
  throw new DomainError('BAD_REQUEST', 'Send the document as `query`, or name a registered one by `documentId`.');
}

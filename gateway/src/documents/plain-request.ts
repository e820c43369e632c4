import type { FastifyRequest } from 'fastify';
import { isReadByAll } from '../sharing/cache-headers.ts';

/** A request of the plain form. */
export interface PlainRequest {
  /** All that it says but the variables: the same key is the same question, and an answer of the same type. */
  readonly key: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether its address is all that it says: variables too. */
  readonly isAddress: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Members that a request of the plain form has, and no others. */
const plain = new Set(['query', 'documentId', 'operationName', 'variables', 'extensions']);

/** The document that is named, one way of three; a persisted query that is sent with its hash is to be remembered first. */
function documentOf({ query, documentId, extensions }: Record<string, unknown>): string | undefined {
  const persisted = isObject(extensions) ? extensions.persistedQuery : undefined;
  const ways = [query, documentId, persisted].filter((way) => way !== undefined);
  if (ways.length !== 1 || !isObject(extensions ?? {})) return undefined;
  if (typeof query === 'string') return query === '' ? undefined : `query\n${query}`;
  if (typeof documentId === 'string') return `id\n${documentId}`;
  if (!isObject(persisted) || persisted.version !== 1 || typeof persisted.sha256Hash !== 'string') return undefined;
  return `hash\n${persisted.sha256Hash}`;
}

/** The type of the answer depends on what the client takes. */
const keyOf = ({ headers: { accept = '' } }: FastifyRequest, document: string): string => `${accept}\n${document}`;

function postedRequest(request: FastifyRequest): PlainRequest | undefined {
  const { body } = request;
  if (!isObject(body)) return undefined;
  for (const name in body) if (!plain.has(name)) return undefined;
  const document = documentOf(body);
  const operationName = body.operationName ?? '';
  const variables = body.variables ?? {};
  if (document === undefined || typeof operationName !== 'string' || !isObject(variables)) return undefined;
  return { key: keyOf(request, `${operationName}\n${document}`), variables, isAddress: false };
}

/** The plain form of a request alone: whatever else it may say is left to those who know what it means. */
export function plainRequest(request: FastifyRequest): PlainRequest | undefined {
  if (request.headers['apollo-query-plan-experimental'] !== undefined) return undefined;
  if (request.method === 'POST') return postedRequest(request);
  return isReadByAll(request)
    ? { key: keyOf(request, `get\n${request.url}`), variables: {}, isAddress: true }
    : undefined;
}

/** Characters of requests of which something is remembered, and what one of them weighs: what is kept beside it counts too. */
export const rememberedCharacters = 4_000_000;
export const weightOf = (_kept: unknown, key: string): number => key.length + 400;

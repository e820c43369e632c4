import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { isReadByAll } from './cache-headers.ts';
import type { AnswerSource, PublicAnswer } from './public-answer.ts';
import { variablesKey } from './variables-key.ts';

/** A request that has been all the way, whose like need not go it again. */
interface Way {
  readonly source: AnswerSource;
  readonly operation: string;
  readonly variables: readonly string[];
  readonly contentType: string;
}

/** What a request asks, found without reading its document. */
export interface KnownQuestion {
  readonly source: AnswerSource;
  readonly key: string;
  readonly contentType: string;
  readonly isThere: boolean;
}

/** Characters of requests that are remembered. */
const remembered = 4_000_000;

interface Asked {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Members that a request of the plain form has, and no others. */
const plain = new Set(['query', 'documentId', 'operationName', 'variables', 'extensions']);

/** The document that is named, one way of three; a persisted query that is sent with its hash is to be remembered first. */
function documentOf({ query, documentId, extensions }: Record<string, unknown>): string | undefined {
  const persisted = isObject(extensions) ? extensions.persistedQuery : undefined;
  const ways = [query, documentId, persisted].filter((way) => way !== undefined);
  if (ways.length !== 1 || (extensions && !isObject(extensions))) return undefined;
  if (typeof query === 'string') return query === '' ? undefined : `query\n${query}`;
  if (typeof documentId === 'string') return `id\n${documentId}`;
  if (!isObject(persisted) || persisted.version !== 1 || typeof persisted.sha256Hash !== 'string') return undefined;
  return `hash\n${persisted.sha256Hash}`;
}

function postedQuestion(body: unknown): Asked | undefined {
  if (!isObject(body)) return undefined;
  for (const name in body) if (!plain.has(name)) return undefined;
  const document = documentOf(body);
  const operationName = body.operationName ?? '';
  const variables = body.variables ?? {};
  if (document === undefined || typeof operationName !== 'string' || !isObject(variables)) return undefined;
  return { document: `${operationName}\n${document}`, variables };
}

/** The plain form of a request alone: whatever else it may say is left to those who know what it means. */
function questionOf(request: FastifyRequest): Asked | undefined {
  if (request.headers['apollo-query-plan-experimental'] !== undefined) return undefined;
  if (request.method === 'POST') return postedQuestion(request.body);
  // Its address is all that such a request says: variables too.
  return isReadByAll(request) ? { document: `get\n${request.url}`, variables: {} } : undefined;
}

/**
 * Requests whose answers were the same for all. Who asks the same again is identified and charged, and answered from what
 * is there: the document is neither looked up, read, nor run.
 */
export class KnownQuestions {
  readonly #ways = new LRUCache<string, Way>({ maxSize: remembered, sizeCalculation: (_way, key) => key.length + 1 });

  /** Undefined where it is not known, or its answer is not there. */
  find(request: FastifyRequest): KnownQuestion | undefined {
    if (this.#ways.size === 0) return undefined;
    const asked = questionOf(request);
    const way = asked && this.#ways.get(keyOf(request, asked));
    if (!way) return undefined;
    const variables = variablesKey(way.variables, asked.variables);
    const key = variables === undefined ? undefined : way.operation + variables;
    const state = key === undefined ? undefined : way.source.stateOf(key);
    if (key === undefined || state === undefined) return undefined;
    return { source: way.source, key, contentType: way.contentType, isThere: state === 'there' };
  }

  learn(request: FastifyRequest, { question, source }: PublicAnswer, contentType: string): void {
    const asked = questionOf(request);
    if (!asked) return;
    const isAddress = request.method === 'GET';
    const operation = isAddress ? question.key : question.operation;
    const variables = isAddress ? [] : question.variables;
    this.#ways.set(keyOf(request, asked), { source, operation, variables, contentType });
  }
}

/** The type of the answer depends on what the client takes. */
const keyOf = ({ headers: { accept = '' } }: FastifyRequest, { document }: Asked): string => `${accept}\n${document}`;

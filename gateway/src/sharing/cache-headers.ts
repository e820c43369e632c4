import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PublicAnswer } from './public-answer.ts';

/** What depends on who asks, or is an error, is kept by nobody on its way. */
export const forNobodyElse = 'private, no-store';

/**
 * For the caches between: they may answer with it for so long, and for as long again while they ask anew. Browsers ask each
 * time, and are told that nothing changed: who has just changed something sees it.
 */
const forAll = (seconds: number): string =>
  `public, max-age=0, s-maxage=${Math.ceil(seconds)}, stale-while-revalidate=${Math.ceil(seconds)}`;

/** Whether a request names its document by an id or a hash, so that its address is short, and the same for all. */
function namesDocument({ method, url }: FastifyRequest): boolean {
  const question = url.indexOf('?');
  if (method !== 'GET' || question < 0) return false;
  const search = url.slice(question);
  if (!search.includes('documentId') && !search.includes('persistedQuery')) return false;
  const given = new URLSearchParams(search);
  return !given.has('query') && (given.has('documentId') || given.has('extensions'));
}

/** What a cache on the way may ask for all who ask it: a document by its name, in nobody's name. */
export const isReadByAll = (request: FastifyRequest): boolean =>
  request.headers.authorization === undefined && namesDocument(request);

/** Caches compare answers, not bytes: a tag counts with or without its mark of weakness. */
const strong = (tag: string): string => tag.trim().replace(/^W\//, '');

function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((given) => strong(given) === strong(tag));
}

function varyBy(reply: FastifyReply, ...names: readonly string[]): void {
  const before = String(reply.getHeader('vary') ?? '');
  const present = before.split(',').map((name) => name.trim().toLowerCase());
  const added = names.filter((name) => !present.includes(name.toLowerCase()));
  reply.header('vary', [before, ...added].filter((part) => part !== '').join(', '));
}

/**
 * Tells browsers and proxies what they may do with an answer to a stranger that is the same for all.
 * @returns whether they have it already: then there is nothing more to send.
 */
export function tellCaches(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: PublicAnswer,
  seconds: number,
): boolean {
  reply.headers({ 'cache-control': forAll(seconds), etag: answer.entityTag, age: String(answer.age) });
  varyBy(reply, 'Accept');
  if (!isKnown(request.headers['if-none-match'], answer.entityTag)) return false;
  reply.code(304);
  return true;
}

/** Whether caches may answer others with it. */
export const isForAll = (reply: FastifyReply): boolean =>
  String(reply.getHeader('cache-control') ?? '').startsWith('public');

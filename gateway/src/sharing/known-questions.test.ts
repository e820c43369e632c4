import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { plainRequest } from '../documents/plain-request.ts';
import { KnownQuestions } from './known-questions.ts';
import { type AnswerSource, PublicAnswer } from './public-answer.ts';

const json = 'application/json';
const source: AnswerSource = { stateOf: () => 'there', answerKnown: async () => undefined };
const question = { operation: '1\n', variables: ['first'], key: '1\n20\n', points: 1 };
const answer = new PublicAnswer({ tea: null }, 0, question, source);

const posted = (body: unknown, headers: object = {}) =>
  ({ method: 'POST', url: '/graphql', headers: { accept: json, ...headers }, body }) as unknown as FastifyRequest;
const got = (search: string, headers: object = {}) =>
  ({ method: 'GET', url: `/graphql?${search}`, headers: { accept: json, ...headers } }) as unknown as FastifyRequest;

/** What is known of one request after another was answered. */
function knownAfter(learned: FastifyRequest, asked: FastifyRequest): string | undefined {
  const known = new KnownQuestions();
  const [first, second] = [plainRequest(learned), plainRequest(asked)];
  if (first) known.learn(first, answer, json);
  return second && known.find(second)?.key;
}

describe('a request whose like was answered', () => {
  const query = 'query Q($first: Int) { tea }';
  const usual = { query, operationName: 'Q', variables: { first: 20 } };

  it('is known by its document and variables, in whatever order', () => {
    expect(knownAfter(posted(usual), posted({ variables: { other: 1, first: 20 }, operationName: 'Q', query }))).toBe(
      '1\n20\n',
    );
    expect(knownAfter(posted(usual), posted({ ...usual, variables: { first: 21 } }))).toBe('1\n21\n');
    expect(knownAfter(posted({ query }), posted({ query, operationName: null, variables: null }))).toBe('1\n\n');
    expect(knownAfter(posted({ documentId: 'list' }), posted({ documentId: 'list' }))).toBe('1\n\n');
    const extensions = { clientLibrary: { name: 'x' } };
    expect(knownAfter(posted(usual), posted({ ...usual, extensions }))).toBe('1\n20\n');
    const hashed = { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } };
    expect(knownAfter(posted(hashed), posted(hashed))).toBe('1\n\n');
  });

  it.each([
    ['another document', { ...usual, query: `${query} ` }],
    ['another operation of it', { ...usual, operationName: 'R' }],
    ['a name that is none', { ...usual, operationName: 7 }],
    ['variables that are none', { ...usual, variables: [20] }],
    ['a document and its id', { ...usual, documentId: 'list' }],
    ['a document that is called as its id', { documentId: query, operationName: 'Q', variables: { first: 20 } }],
    ['its hash to be remembered', { ...usual, extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }],
    ['extensions that are none', { ...usual, extensions: 'x' }],
    ['an extension that is no more than a number', { ...usual, extensions: 0 }],
    ['variables that are too large', { ...usual, variables: { first: 'x'.repeat(5_000) } }],
    ['a batch', [usual]],
    ['nothing', undefined],
  ])('is not known where there is %s', (_what, body) => {
    expect(knownAfter(posted(usual), posted(body))).toBeUndefined();
  });

  it('is not known where another type is taken, or the plan is asked for', () => {
    expect(knownAfter(posted(usual), posted(usual, { accept: 'application/graphql-response+json' }))).toBeUndefined();
    expect(knownAfter(posted(usual), posted(usual, { 'apollo-query-plan-experimental': '1' }))).toBeUndefined();
  });

  it('is known by its address where that names a document, in nobody’s name', () => {
    const named = 'documentId=list&variables=%7B%22first%22%3A20%7D';
    expect(knownAfter(got(named), got(named))).toBe(question.key);
    expect(knownAfter(got(named), got('documentId=list'))).toBeUndefined();
    expect(knownAfter(got(named), got(named, { authorization: 'Bearer x' }))).toBeUndefined();
    expect(knownAfter(got('query=%7Btea%7D'), got('query=%7Btea%7D'))).toBeUndefined();
    expect(knownAfter(got(`${named}&query=x`), got(`${named}&query=x`))).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { type DocumentNode, parse } from 'graphql';
import type { Fetch } from './plan.ts';
import type { PreparedOperation } from './prepared-operation.ts';
import { PreparedOperations } from './prepared-operations.ts';

const made: DocumentNode[] = [];
const remember = (limit: number) =>
  new PreparedOperations(({ document }) => {
    made.push(document);
    return {} as PreparedOperation;
  }, limit);

const sends = (characters: number) => ({ kind: 'fetch', operation: 'x'.repeat(characters) }) as Fetch;

describe('operations that were prepared', () => {
  it('are known by their document and name', () => {
    const operations = remember(10);
    const document = parse('query A { a } query B { a }');

    const first = operations.get({ document, operationName: 'A' });

    expect(operations.get({ document, operationName: 'A' })).toBe(first);
    expect(operations.get({ document, operationName: 'B' })).not.toBe(first);
    expect(operations.statistics).toEqual({ plans: 1, hits: 1, misses: 2 });
  });

  it('are forgotten by number and by what their plans send, except those that are kept', () => {
    const operations = remember(3);
    const kept = parse('{ kept }');
    operations.keep(kept);
    operations.get({ document: kept });
    const documents = ['{ a }', '{ b }', '{ c }', '{ d }'].map((text) => parse(text));
    for (const document of documents) operations.get({ document });

    expect(operations.statistics.plans).toBe(4);

    const [, , third, last] = documents as [DocumentNode, DocumentNode, DocumentNode, DocumentNode];
    operations.weigh(last, sends(300_000));
    operations.weigh(third, sends(300_000));
    made.length = 0;
    operations.get({ document: kept });
    operations.get({ document: third });
    expect(made).toEqual([]);
    operations.get({ document: last });
    expect(made).toEqual([last]);
  });
});

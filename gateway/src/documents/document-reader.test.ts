import { describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLError } from 'graphql';
import type { DocumentLimits } from './document-limits.ts';
import { DocumentReader, sha256 } from './document-reader.ts';

const schema = buildSchema('type Query { self: Query name: String add(to: Int): Int }');
const wide: DocumentLimits = {
  characters: 10_000_000,
  tokens: 1_000_000,
  depth: 1_000_000,
  fields: 1_000_000,
  aliases: 1_000_000,
  directives: 1_000_000,
};

describe('reading documents', () => {
  function readerOf(limits: Partial<DocumentLimits> = {}) {
    const reader = new DocumentReader({ ...wide, ...limits });
    reader.useSchema(schema);
    return { reader, read: (text: string) => reader.read(text, sha256(text)) };
  }
  const errorsOf = (reading: ReturnType<DocumentReader['read']>): readonly GraphQLError[] =>
    'errors' in reading ? reading.errors : [];

  it('reads each document once, and forgets what it read against another schema', () => {
    const { reader, read } = readerOf();

    const first = read('{ name }');
    const again = read('{ name }');

    expect('document' in first && 'document' in again && first.document === again.document).toBe(true);
    reader.useSchema(buildSchema('type Query { other: String }'));
    expect(errorsOf(read('{ name }')).map(({ extensions }) => extensions.code)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('remembers nothing that cannot run', () => {
    const { reader, read } = readerOf({ depth: 1 });

    for (const text of ['{', '{ nope }', '{ self { name } }', '{ ...A } fragment A on Query { ...A }']) {
      expect(errorsOf(read(text))).toHaveLength(1);
      expect(reader.known(sha256(text))).toBeUndefined();
    }
  });

  it('forgets the oldest where documents come without end', () => {
    const { reader, read } = readerOf();
    const texts = Array.from({ length: 30 }, (_, index) => `{ a${index}: name } #${'-'.repeat(40_000)}`);

    for (const text of texts) read(text);

    const known = texts.filter((text) => reader.known(sha256(text)));
    expect(known.length).toBeGreaterThan(10);
    expect(known.length).toBeLessThan(20);
    expect(known.at(-1)).toBe(texts.at(-1));
  });

  it('gives up on a document whose fields would take too long to compare', () => {
    const [error, ...others] = errorsOf(readerOf().read(`{ ${'self { name } '.repeat(480)} }`));

    expect(others).toEqual([]);
    expect(error?.extensions.code).toBe('OPERATION_TOO_LARGE');
  });

  it('survives levels that its parser has no room for', () => {
    const [error] = errorsOf(readerOf({ depth: 15 }).read(`${'{ self '.repeat(50_000)}`));

    expect(error?.extensions).toEqual({
      code: 'OPERATION_TOO_LARGE',
      details: { limit: 'depth', allowed: 15, given: 15, atLeast: true },
    });
  });

  it('takes no variable that the gateway needs for itself', () => {
    const [error] = errorsOf(readerOf().read('query Q($representations: Int) { add(to: $representations) }'));

    expect(error?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(error?.message).toContain('$representations');
  });

  it('says where a document is wrong', () => {
    const [invalid] = errorsOf(readerOf().read('{\n  nope\n}'));
    const [unread] = errorsOf(readerOf().read('{\n  }'));

    expect(invalid?.toJSON().locations).toEqual([{ line: 2, column: 3 }]);
    expect(unread?.toJSON().locations).toEqual([{ line: 2, column: 3 }]);
    expect(unread?.extensions.code).toBe('GRAPHQL_PARSE_FAILED');
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, coerceInputValue, type GraphQLInputType, GraphQLList } from 'graphql';

const schema = buildSchema(`
  enum Color { RED GREEN }
  input Part { name: String! weight: Float = 1.5 inner: Part }
  input Row { id: ID! count: Int flags: [Boolean!] color: Color part: Part parts: [Part] }
  input Choice @oneOf { one: Int other: String }
  type Query { rows(rows: [Row], choice: Choice): Int }
`);
const row = schema.getType('Row') as GraphQLInputType;

/** What comes out: the value, or the errors with their places. */
function coerced(value: unknown, type: GraphQLInputType) {
  const errors: string[] = [];
  const result = coerceInputValue(value, type, (path, _value, error) =>
    errors.push(`${path.join('.')}: ${error.message}`),
  );
  return errors.length > 0 ? errors : result;
}

/** Our patch reads valid lists by itself, and leaves every other iterable to graphql's own way. */
const ours = (rows: readonly unknown[]) => coerced(rows, new GraphQLList(row));
const theirs = (rows: readonly unknown[]) =>
  coerced({ [Symbol.iterator]: () => rows[Symbol.iterator]() }, new GraphQLList(row));

describe('the patched coercion of graphql', () => {
  it('answers as graphql does, for input that fits and for input that does not', () => {
    const name = fc.constantFrom(
      'id',
      'count',
      'flags',
      'color',
      'part',
      'parts',
      'name',
      'weight',
      'inner',
      'other',
      '__proto__',
    );
    const leaf = fc.constantFrom<unknown>('RED', 'x', '', 1, 1.5, 2 ** 40, true, null, undefined);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(name, tie('value')),
      ),
    }));
    const part = fc.record(
      { name: fc.string(), weight: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })) },
      { requiredKeys: ['name'] },
    );
    const sound = fc.record(
      {
        id: fc.oneof(fc.string(), fc.integer()),
        count: fc.option(fc.integer({ min: 0, max: 9 })),
        flags: fc.array(fc.boolean()),
        color: fc.constant('RED'),
        part,
        parts: fc.array(part),
      },
      { requiredKeys: ['id'] },
    );

    fc.assert(
      fc.property(fc.array(fc.oneof(sound, value), { maxLength: 4 }), (rows) => {
        expect(ours(rows)).toEqual(theirs(rows));
      }),
      { numRuns: 500 },
    );
  });

  it('fills in defaults, keeps absent apart from null, and takes one value for a list of one', () => {
    const part = { name: 'a' };

    expect(ours([{ id: 1, part, count: null }, null])).toEqual([
      { id: '1', part: { name: 'a', weight: 1.5 }, count: null },
      null,
    ]);
    expect(ours([{ id: 'x', parts: part }])).toEqual([{ id: 'x', parts: [{ name: 'a', weight: 1.5 }] }]);
    expect(coerced({ id: 'x' }, new GraphQLList(row))).toEqual([{ id: 'x' }]);
    expect(coerced({ one: 1, other: 'x' }, schema.getType('Choice') as GraphQLInputType)).toEqual([
      expect.stringMatching(/Exactly one key/),
    ]);
  });

  it('says where input is wrong', () => {
    expect(ours([{ id: 'a' }, { id: 'b', part: { name: null } }, { count: 'x', colour: 'RED' }])).toEqual([
      expect.stringMatching(/^1\.part\.name: Expected non-nullable/),
      expect.stringMatching(/^2: Field "id" of required type/),
      expect.stringMatching(/^2\.count: Int cannot represent/),
      expect.stringMatching(/^2: Field "colour" is not defined/),
    ]);
  });
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { plainArray, textArray } from './array-literal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('is read by PostgreSQL as what was meant, element by element', async () => {
  const texts = ['', 'a', 'NULL', '"', '\\', 'a,b', '{x}', ' сыр ', "o'", '\n', '\\"', '🧀'];
  const numbers = ['1.000', '-2.5', '0'];

  const [row] = await database.query(
    'SELECT $1::text[] AS texts, $2::text[] AS none, $3::numeric[] AS numbers, $4::int[] AS ints, $5::boolean[] AS flags',
    [textArray(texts), textArray([]), plainArray(numbers), plainArray([1, -2]), plainArray([true, false])],
  );

  expect(row).toEqual({ texts, none: [], numbers: [1, -2.5, 0], ints: [1, -2], flags: [true, false] });
});

import { expect, it } from '@jest/globals';
import { findByExternalId } from './external-id.ts';

const guid = '0a1B2c3d-0000-4000-8000-00000000000F';

it.each([
  ['the exact code', ['001', '002'], '002', '002'],
  ['a code without its zeros', ['001', '002'], '1', '001'],
  ['a code with more zeros', ['001', '002'], '000000002', '002'],
  ['a code with spaces about it', ['001'], ' 1 ', '001'],
  ['zero itself', ['0', '001'], '000', '0'],
  ['a GUID', ['001', guid], guid, guid],
  ['a GUID in other letters', ['001', guid], guid.toUpperCase(), guid],
  ['the exact one of two that differ by zeros', ['1', '001'], '001', '001'],
  ['the other exact one of them', ['1', '001'], '1', '1'],
  ['neither of two that differ by zeros for a third', ['1', '001'], '01', undefined],
  ['nothing for an unknown code', ['001'], '010', undefined],
  ['nothing for a text whose zeros mean something', ['00A'], '0A', undefined],
  ['nothing for nothing', ['001'], '', undefined],
])('finds %s: among %j, %j names %j', (_says, known, asked, found) => {
  const warehouses = known.map((externalId) => ({ externalId }));

  expect(findByExternalId(warehouses, asked)?.externalId).toBe(found);
});

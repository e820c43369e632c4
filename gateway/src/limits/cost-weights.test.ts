import { describe, expect, it } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { readSupergraph } from '../composition.ts';
import { dearFields, listSizes } from './cost-weights.ts';

describe('what costs more or less than it shows', () => {
  it('is there in the schema', async () => {
    const { definitions } = parse(await readSupergraph());
    const fields = definitions.flatMap((type) =>
      type.kind === Kind.OBJECT_TYPE_DEFINITION
        ? (type.fields ?? []).map(({ name }) => `${type.name.value}.${name.value}`)
        : [],
    );

    expect(fields).toEqual(expect.arrayContaining([...Object.keys(dearFields), ...Object.keys(listSizes)]));
  });
});

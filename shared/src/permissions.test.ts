import { describe, expect, it } from '@jest/globals';
import { buildSchema, graphql } from 'graphql';
import { guardSchema, hasRole, isPublic, isStaff, unclassedFields } from './permissions.ts';

const sdl = `
  type Query { open: Item closed: Item }
  type Item { name: String secret: String }
`;
const permissions = {
  Query: { open: isPublic, closed: isStaff },
  Item: { '*': isPublic, secret: hasRole('ADMIN') },
};
const customer = { viewer: { kind: 'user', userId: 'u', role: 'CUSTOMER' } };
const root = { open: { name: 'bread', secret: 'recipe' }, closed: { name: 'cheese', secret: 'recipe' } };

describe('permissions', () => {
  it('refuse a schema that has a field without a class', () => {
    const schema = buildSchema(sdl);
    const { Item: _item, ...withoutItem } = permissions;

    expect(unclassedFields(schema, withoutItem)).toEqual(['Item.name', 'Item.secret']);
    expect(() => guardSchema(schema, withoutItem)).toThrow('Item.name, Item.secret');
    expect(() => guardSchema(buildSchema(sdl), { ...permissions, Query: { '*': isPublic } })).toThrow(
      'Query.open, Query.closed',
    );
  });

  it('refuse rules for what the schema does not have', () => {
    expect(() => guardSchema(buildSchema(sdl), { ...permissions, Other: { '*': isStaff } })).toThrow('Other');
  });

  it('wrap guarded fields and leave public ones as they were', () => {
    const schema = guardSchema(buildSchema(sdl), permissions);

    const fields = { ...schema.getQueryType()?.getFields() };
    expect(fields.open?.resolve).toBeUndefined();
    expect(fields.closed?.resolve).toEqual(expect.any(Function));
  });

  it('null what a viewer may not see, and give the rest', async () => {
    const schema = guardSchema(buildSchema(sdl), permissions);

    const { data, errors } = await graphql({
      schema,
      source: '{ open { name secret } closed { name } }',
      rootValue: root,
      contextValue: customer,
    });

    expect(data).toEqual({ open: { name: 'bread', secret: null }, closed: null });
    expect(errors?.map(({ path, originalError }) => [path, (originalError as { code?: string }).code])).toEqual([
      [['open', 'secret'], 'FORBIDDEN'],
      [['closed'], 'FORBIDDEN'],
    ]);
  });
});

import { isAdmin, isInternal, isPublic, isStaff } from '@gastronom/shared/permissions';
import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { permissionsPage } from './permissions-page.ts';

const sdl = `
  directive @key(fields: String!) on OBJECT
  directive @inaccessible on FIELD_DEFINITION | OBJECT
  type Query { shelf: Shelf books: [Book!]! keys: [Key!]! recipes: Recipe @inaccessible }
  type Shelf { width: Int label: Label }
  type Book @key(fields: "id") { id: ID! price: Int label: Label }
  type Key { label: Label owner: Owner }
  type Owner { name: String }
  type Label { text: String }
  type Recipe @inaccessible { text: String }
`;
const permissions = {
  Query: { shelf: isStaff, books: isPublic, keys: isAdmin, recipes: isInternal },
  Shelf: { '*': isPublic },
  Book: { '*': isPublic, price: isStaff },
  Key: { '*': isPublic },
  Owner: { '*': isPublic },
  Label: { '*': isPublic },
  Recipe: { '*': isPublic },
};

const rowsOf = (changed: object = {}) => {
  const schema = buildSchema(sdl);
  const page = permissionsPage([{ name: 'library', schema, sdl, permissions: { ...permissions, ...changed } }]);
  return Object.fromEntries([...page.matchAll(/^\| `(.+?)` \| (.+) \|$/gm)].map(([, field, rest]) => [field, rest]));
};

describe('the page of who may', () => {
  it('tells of each field whom it asks, and of the others who comes so far', () => {
    expect(rowsOf()).toEqual({
      'Query.books': 'anyone | yes',
      'Query.keys': 'the role ADMIN | yes',
      'Query.recipes': 'a call from inside the product | no',
      'Query.shelf': 'the role STAFF or ADMIN | yes',
      'Book.price': 'the role STAFF or ADMIN | yes',
      'Book.*': 'anyone | yes',
      'Key.*': 'whoever came so far: the role ADMIN | yes',
      'Label.*': 'anyone | yes',
      'Owner.*': 'whoever came so far: the role ADMIN | yes',
      'Recipe.*': 'whoever came so far: a call from inside the product | no',
      'Shelf.*': 'whoever came so far: the role STAFF or ADMIN | yes',
    });
  });

  it('shows everything that one open field opens', () => {
    const opened = rowsOf({ Query: { ...permissions.Query, keys: isPublic } });

    expect([opened['Query.keys'], opened['Key.*'], opened['Owner.*']]).toEqual(Array(3).fill('anyone | yes'));
    expect(opened['Shelf.*']).toBe('whoever came so far: the role STAFF or ADMIN | yes');
  });
});

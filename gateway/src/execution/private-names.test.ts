import { describe, expect, it } from '@jest/globals';
import { type FieldNode, type OperationDefinitionNode, parse, print } from 'graphql';
import { privateNames, publicKey } from './private-names.ts';

const names = privateNames(
  parse(`
    type Shop @join__type(graph: A, key: "id region { town }") @join__type(graph: B, key: "id", extension: true) {
      id: ID!
      region: Region
      weight(unit: Unit): Float @join__field(graph: A) @join__field(graph: B, external: true)
      cost: Float @join__field(graph: B, requires: "weight(unit: G)")
      visits(last: Int): Int
    }
  `),
);

const planned = (query: string) => print(names.apply(parse(query))).replace(/\s+/g, ' ');

describe('private names', () => {
  it('leaves what cannot be mixed up as it stands', () => {
    expect(planned('{ shop { id region { town } cost visits(last: 1) since: visits total: cost } }')).toBe(
      '{ shop { id region { town } cost visits(last: 1) since: visits total: cost } }',
    );
  });

  it('parts a client’s name from the needed field of that name', () => {
    expect(planned('{ shop { id: cost town: id __typename: id } }')).toBe(
      '{ shop { _c_id: cost _c_town: id _c___typename: id } }',
    );
  });

  it('parts a needed field with arguments from the same field as the client wants it', () => {
    expect(planned('{ shop { weight cost } }')).toBe('{ shop { _c_weight: weight cost } }');
  });

  it('drops a name that is the field’s own', () => {
    expect(planned('{ shop { id: id ...more } } fragment more on Shop { cost: cost region: id }')).toBe(
      '{ shop { id ...more } } fragment more on Shop { cost _c_region: id }',
    );
  });

  it('keeps clear of the planners’ own names', () => {
    expect(planned('{ _e0: shop { _c_id: id } }')).toBe('{ _c__e0: shop { _c__c_id: id } }');
  });

  it('asks for the type under its own name, by which the answer is written', () => {
    expect(planned('{ shop { kind: __typename } }')).toBe('{ shop { __typename } }');
  });

  it('leads back to the client’s name', () => {
    const [field] = (parse('{ id: cost }').definitions[0] as OperationDefinitionNode).selectionSet.selections;

    expect(names.keyOf(field as FieldNode)).toBe('_c_id');
    expect(publicKey('_c_id')).toBe('id');
    expect(publicKey('id')).toBe('id');
  });
});

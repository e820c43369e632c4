import { describe, expect, it } from '@jest/globals';
import { type FieldNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { askedFields } from './asked-fields.ts';

function infoOf(text: string) {
  const { definitions } = parse(text);
  const [operation] = definitions as [OperationDefinitionNode];
  const named = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = Object.fromEntries(
    named.map((fragment: FragmentDefinitionNode) => [fragment.name.value, fragment] as const),
  );
  return { fieldNodes: operation.selectionSet.selections as readonly FieldNode[], fragments };
}

describe('the fields asked for', () => {
  it('are found by each way to the rows, whatever they are called in the answer', () => {
    const info = infoOf('{ goods { nodes { id called: name } edges { cursor node { id price { amount } } } } }');

    expect([...askedFields(info, ['nodes'], ['edges', 'node'])]).toEqual(['id', 'name', 'price']);
  });

  it('are found in fragments, and where they may be left out', () => {
    const info = infoOf(`
      query ($x: Boolean!) { goods { ...Page ... @include(if: $x) { nodes { unit } } } }
      fragment Page on Page { nodes { ...Card ... on Good { brand @skip(if: $x) } } }
      fragment Card on Good { __typename name }`);

    expect([...askedFields(info, ['nodes'])].sort()).toEqual(['__typename', 'brand', 'name', 'unit']);
  });

  it('are none where nothing is asked for there', () => {
    expect([...askedFields(infoOf('{ goods { totalCount } }'), ['nodes'], ['edges', 'node'])]).toEqual([]);
  });
});

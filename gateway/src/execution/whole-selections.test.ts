import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { fragmentsOf } from '../documents/fragments.ts';
import { knownTypes } from './known-types.ts';
import type { Fetch, Plan } from './plan.ts';
import { operationOf } from './prepared-operation.ts';
import { WholeSelections } from './whole-selections.ts';

const supergraph = parse(`
  enum join__Graph { A @join__graph(name: "a", url: "") B @join__graph(name: "b", url: "") }
  type Query @join__type(graph: A) @join__type(graph: B) { pond: Pond }
  type Pond @join__type(graph: A) @join__type(graph: B) {
    all: [Resident!]!
    best: Resident @join__field(graph: A, type: "Bird") @join__field(graph: B, type: "Resident")
  }
  union Resident @join__type(graph: A) @join__type(graph: B)
    @join__unionMember(graph: A, member: "Bird") @join__unionMember(graph: B, member: "Bird")
    @join__unionMember(graph: A, member: "Fish") @join__unionMember(graph: B, member: "Frog") = Bird | Fish | Frog
  type Bird @join__type(graph: A) @join__type(graph: B) { song: String }
  type Fish @join__type(graph: A) @join__type(graph: B, key: "id") {
    id: ID @join__field(graph: A) @join__field(graph: B)
    size(unit: String): Int @join__field(graph: A) @join__field(graph: B, external: true)
    price: Int @join__field(graph: B)
    kin: Fish @join__field(graph: A)
  }
  type Frog @join__type(graph: B) { green: Boolean }
`);

const fetch = (operation: string): Fetch => ({
  kind: 'fetch',
  subgraph: 'a',
  operation,
  operationName: undefined,
  isMutation: false,
  variables: [],
  entities: [],
  path: [],
  outputRewrites: [],
});

/** What the only fetch of a plan asks, once it is complete. */
function asked(query: string, sent: string): string {
  const document = parse(query);
  const plan: Plan = { kind: 'sequence', nodes: [fetch(sent)] };
  const whole = new WholeSelections(knownTypes(supergraph));
  const complete = whole.complete(plan, operationOf(document, undefined), fragmentsOf(document), 'Query');
  const [only] = complete?.kind === 'sequence' ? complete.nodes : [];
  return only?.kind === 'fetch' ? only.operation.replace(/\s+/g, ' ') : '';
}

describe('WholeSelections', () => {
  it('asks for the members that only the asked subgraph knows', () => {
    expect(
      asked(
        '{ pond { all { ...more ... on Frog { green } ... on Bird { song } } } } fragment more on Fish { big: size }',
        '{pond{all{...a}}} fragment a on Bird {song}',
      ),
    ).toBe('{ pond { all { ... on Bird { song } ... on Fish { big: size } } } }');
  });

  it('with what hangs on them, as far as the subgraph tells it', () => {
    expect(asked('{ pond { all { ... on Fish { kin { id __typename } price } } } }', '{pond{all{__typename}}}')).toBe(
      '{ pond { all { __typename ... on Fish { kin { id __typename } } } } }',
    );
  });

  it('not where variables would have to be sent along, nor where the subgraph promises another type', () => {
    const sent = '{pond{all{__typename} best{__typename}}}';

    expect(
      asked(
        'query ($in: String) { pond { all { ... on Fish { size(unit: $in) } } best { ... on Fish { id } } } }',
        sent,
      ),
    ).toBe(sent);
  });

  it('and nothing that is asked already', () => {
    const sent = '{pond{all{... on Fish{id}}}}';

    expect(asked('{ pond { all { ... on Fish { id } } } }', sent)).toBe(sent);
  });
});

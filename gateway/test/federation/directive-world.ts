import type { FederationWorld } from './federation-case.ts';

const linked = (standard: string, field: string) => `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@composeDirective"])
    @link(url: "https://example.org/reach/v1.0", import: ["@reach"])
    @composeDirective(name: "@reach")
  directive @reach(scope: Scope!${standard}) on FIELD
  enum Scope { NEAR FAR }
  type Query { ${field}: String }
`;

/** A directive for operations, of which subgraphs do not agree in what may be left unsaid. */
export const directiveWorld: FederationWorld = {
  name: '@composeDirective',
  subgraphs: {
    far: { sdl: linked('', 'far'), resolvers: { Query: { far: () => 'there' } } },
    near: { sdl: linked(' = NEAR', 'near'), resolvers: { Query: { near: () => 'here' } } },
  },
  cases: [
    {
      name: 'is the client’s to say, wherever it is not what a subgraph understands',
      query: '{ near @reach(scope: FAR) far @reach }',
      data: { near: 'here', far: 'there' },
      apolloIsWrong: 'The schema that it makes for clients leaves composed directives out.',
    },
    {
      name: 'only as it is defined',
      query: '{ near @reach(scope: NOWHERE) }',
      data: null,
      errors: [{ message: 'Value "NOWHERE" does not exist in "Scope" enum.', path: [] }],
    },
  ],
};

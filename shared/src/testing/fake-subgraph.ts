import type { SubgraphTransport } from '../subgraph.ts';

/** A subgraph that a test plays: it answers as it is told, and has neither REST endpoints nor anything to say of its health. */
export const fakeSubgraph = (
  execute: SubgraphTransport['execute'],
  rest: Partial<SubgraphTransport> = {},
): SubgraphTransport => ({
  execute,
  rest: () => Promise.reject(new Error('this subgraph has no REST endpoints')),
  checks: () => Promise.resolve({}),
  ready: () => Promise.resolve(),
  close: () => Promise.resolve(),
  ...rest,
});

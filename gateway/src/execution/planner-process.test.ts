import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { fetchesOf } from './plan.ts';
import { PlannerGone, PlannerProcess } from './planner-process.ts';
import { createPlanner } from './planners.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@shareable"])';

const { supergraphSdl = '' } = composeServices([
  {
    name: 'post',
    typeDefs: parse(`${link}
      type Query { parcels: [Parcel] }
      type Parcel @key(fields: "id") { id: ID! content: Content }
      union Content = Food | Toy
      type Food { kcal: Int name: String }
      type Toy { name: String size: Int @shareable }`),
  },
  {
    name: 'customs',
    typeDefs: parse(`${link}
      type Parcel @key(fields: "id") {
        id: ID!
        content: Content @external
        duty: Int @requires(fields: "content { ... on Food { kcal } }")
      }
      union Content = Food | Toy
      type Food { kcal: Int @external }
      type Toy { size: Int @shareable }`),
  },
]);

const usual = '{ parcels { duty } }';
/** What the native planner of this version does not survive. */
const deadly = '{ parcels { content { ... on Food { kcal: name } ... on Toy { name } } duty } }';

/** After its end it rests for a while. */
async function plannedInTheEnd(process: PlannerProcess, graph: string): Promise<unknown> {
  for (;;) {
    try {
      return await process.plan(graph, usual, undefined);
    } catch (error) {
      if (!(error instanceof PlannerGone)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

describe('the process that plans', () => {
  it('ends alone at what native code does not survive, and is there again after a rest', async () => {
    const process = new PlannerProcess();
    const graph = await process.know(supergraphSdl);
    const before = await process.plan(graph, usual, undefined);

    const [killed, beside] = await Promise.allSettled([
      process.plan(graph, deadly, undefined),
      process.plan(graph, usual, undefined),
    ]);

    expect(killed).toEqual({ status: 'rejected', reason: expect.any(PlannerGone) });
    // It was asked second, and its answer went with the process.
    expect(beside).toEqual({ status: 'rejected', reason: expect.any(PlannerGone) });
    await expect(process.plan(graph, usual, undefined)).rejects.toThrow(PlannerGone);
    expect(await plannedInTheEnd(process, graph)).toEqual(before);
  });

  it('says what is wrong with what it cannot read', async () => {
    const process = new PlannerProcess();

    await expect(process.know('type Query { a: Int')).rejects.not.toThrow(PlannerGone);
    await expect(process.know('type Query { a: Int')).rejects.toThrow();
  });

  it('is stood in for by Apollo’s planner, which is told of', async () => {
    const supergraph = Supergraph.build(supergraphSdl);
    let failures = 0;
    const planner = await createPlanner('hive', supergraphSdl, supergraph, () => {
      failures += 1;
    });

    const plan = await planner.plan(parse(deadly), undefined);

    expect(planner.name).toBe('hive');
    expect(failures).toBe(1);
    expect(fetchesOf(plan).map(({ subgraph }) => subgraph)).toEqual(['post', 'customs']);
  });
});

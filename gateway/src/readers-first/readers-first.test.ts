import { givesWay } from '@gastronom/shared/gives-way-tag';
import { createLogger } from '@gastronom/shared/logger';
import { anonymous } from '@gastronom/shared/viewer';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { readSupergraph } from '../composition.ts';
import type { Execute, ExecutingGateway, Request, Result } from '../graphql/executor.ts';
import { fieldsTagged } from '../sharing/shared-fields.ts';
import { readersFirst } from './readers-first.ts';

const sdl = `
  directive @tag(name: String!) repeatable on FIELD_DEFINITION
  type Query { tea: String }
  type Mutation { sync: Int @tag(name: "gives-way") order: Int }
`;
const schema = buildSchema(sdl);
const logger = createLogger('test', 'silent');
const untilNext = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

/** A gateway whose operations run until a test ends them. */
async function shop(settings = { GIVE_WAY_ABOVE_MS: 30, GIVE_WAY_SECONDS: 10 }, supergraphSdl = sdl) {
  const running: string[] = [];
  const ends: (() => void)[] = [];
  const bare = {
    onSchemaLoadOrUpdate: () => () => undefined,
    stop: () => Promise.resolve(),
    load: async () => ({
      executor: (({ operation }: Request) => {
        const { promise, resolve } = Promise.withResolvers<Result>();
        const [first] = operation.selectionSet.selections;
        running.push(first?.kind === 'Field' ? first.name.value : '');
        ends.push(() => resolve({ data: {} }));
        return promise;
      }) as Execute,
    }),
  } as unknown as ExecutingGateway;
  const gateway = readersFirst(bare, supergraphSdl, settings);
  const { executor } = await gateway.load({} as Parameters<ExecutingGateway['load']>[0]);
  const ask = (query: string) => {
    const document = parse(query, { noLocation: true });
    const context = { viewer: anonymous, requestId: 'r', logger };
    const asked = { request: { query }, document, operation: getOperationAST(document), schema, context };
    return executor?.(asked as unknown as Request);
  };
  const endAll = () => {
    for (const end of ends.splice(0)) end();
  };
  return { ask, running, endAll, isBare: gateway === bare };
}

/** So many have just read, and waited longer than anybody should. */
async function afterReads({ ask, endAll, running }: Awaited<ReturnType<typeof shop>>): Promise<void> {
  const reads = Array.from({ length: 50 }, () => ask('{ tea }'));
  await jest.advanceTimersByTimeAsync(100);
  endAll();
  await Promise.all(reads);
  running.length = 0;
}

describe('mutations that say that they can wait', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('wait while readers are kept waiting; others do not', async () => {
    const graph = await shop();
    await afterReads(graph);

    void graph.ask('mutation { sync }');
    void graph.ask('mutation { order }');
    void graph.ask('mutation { order sync }');
    await untilNext();

    expect(graph.running).toEqual(['order', 'order']);
    // Who read has left, and nobody else comes.
    await jest.advanceTimersByTimeAsync(5_000);
    expect(graph.running).toEqual(['order', 'order', 'sync']);
  });

  it('run at once where nobody reads', async () => {
    const graph = await shop();

    void graph.ask('mutation { sync }');
    void graph.ask('mutation { sync }');

    expect(graph.running).toEqual(['sync', 'sync']);
  });

  it('are those of the sync', async () => {
    const patient = fieldsTagged(await readSupergraph(), givesWay);

    expect([...patient].sort()).toEqual(
      ['syncCategories', 'syncProducts', 'syncStocks', 'syncWarehouses'].map((name) => `Mutation.${name}`),
    );
  });

  it('are found in the supergraph, and nothing is done where there are none, or it is turned off', async () => {
    const off = await shop({ GIVE_WAY_ABOVE_MS: 30, GIVE_WAY_SECONDS: 0 });
    const none = await shop(undefined, 'type Query { tea: String } type Mutation { sync: Int }');

    expect([off.isBare, none.isBare, (await shop()).isBare]).toEqual([true, true, false]);
  });
});

import { DomainError } from '@gastronom/shared/domain-error';
import { tellLive } from '@gastronom/shared/live';
import { createLogger } from '@gastronom/shared/logger';
import { localBroadcast } from '@gastronom/shared/redis/broadcast';
import { anonymous, type Viewer } from '@gastronom/shared/viewer';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, getOperationAST, parse } from 'graphql';
import type { GatewayContext } from '../graphql/context.ts';
import type { Request, Result } from '../graphql/executor.ts';
import { PublicAnswer, stringifyAnswer } from './public-answer.ts';
import { SharedAnswers } from './shared-answers.ts';
import { nobodysFields, readSharedFields } from './shared-fields.ts';
import { variablesKey } from './variables-key.ts';

const sdl = `
  directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT
  directive @join__type(graph: String, key: String) repeatable on OBJECT | INTERFACE
  scalar JSON
  type Query {
    goods(first: Int, filter: JSON): [Thing] @tag(name: "same-for-all")
    tea: Tea @tag(name: "same-for-all")
    cart: Cart
    me: String
  }
  type Mutation { fill: Int @tag(name: "changes-nothing-shared") rename: Int }
  interface Thing { name: String @tag(name: "same-for-all") }
  type Tea implements Thing @join__type(graph: "A", key: "name") @tag(name: "same-for-all") {
    name: String @tag(name: "same-for-all")
    price: Money @tag(name: "same-for-all")
    isFavourite: Boolean
  }
  type Rice implements Thing { name: String }
  type Money @tag(name: "same-for-all") { amount: String }
  type Cart @tag(name: "same-for-all") { size: Int }
`;
const schema = buildSchema(sdl);
const logger = createLogger('test', 'silent');
const kira: Viewer = { kind: 'user', userId: 'kira', role: 'CUSTOMER' };
const asRestaurant: Viewer = { ...kira, organization: { id: 'cafe', type: 'RESTAURANT', role: 'ADMIN' } };
const sveta: Viewer = { kind: 'user', userId: 'sveta', role: 'STAFF' };
const settings = { ANSWER_SHARING: true, ANSWER_CACHE_SECONDS: 30, ANSWER_CACHE_MB: 1 };

/** Sharing over an executor that a test answers for, one run after another. */
function shop(given: Partial<typeof settings> = {}, fields = readSharedFields(sdl), others?: () => Promise<void>) {
  const broadcast = localBroadcast();
  const answers = new SharedAnswers(fields, broadcast, { ...settings, ...given }, others);
  const runs: { request: Request; context: GatewayContext; answer(result: Result): void; fail(error: Error): void }[] =
    [];
  const documents = new Map<string, ReturnType<typeof parse>>();
  const ask = (query: string, viewer: Viewer = anonymous, more: { variables?: object; signal?: AbortSignal } = {}) => {
    const document = documents.get(query) ?? parse(query, { noLocation: true });
    documents.set(query, document);
    const context: GatewayContext = { viewer, requestId: 'r', logger, signal: more.signal, shared: {}, points: 4 };
    const operation = getOperationAST(document);
    const request = { request: { query, variables: more.variables }, document, operation, schema, context };
    const result = answers.ask(request as unknown as Request, (asked) => {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      runs.push({ request: asked, context: asked.context as GatewayContext, answer: resolve, fail: reject });
      return promise;
    });
    return { result, context };
  };
  return { ask, runs, broadcast, answers };
}

/** How often two who ask the same at the same moment are run. */
function runsOf(query: string, ...viewers: Viewer[]): number {
  const { ask, runs } = shop();
  for (const viewer of viewers) void ask(query, viewer);
  return runs.length;
}

describe('queries whose every field is the same for all', () => {
  it('are run once for all who ask at the same moment, as nobody’s', async () => {
    const { ask, runs } = shop();
    const asked = [anonymous, kira, asRestaurant].map((viewer) => ask('{ tea { name price { amount } } }', viewer));

    runs[0]?.answer({ data: { tea: { name: 'Tea' } } });

    expect(await Promise.all(asked.map(({ result }) => result))).toEqual(
      Array(3).fill({ data: { tea: { name: 'Tea' } } }),
    );
    expect(runs).toHaveLength(1);
    expect(runs[0]?.context).toMatchObject({ viewer: anonymous, requestId: 'r' });
    expect(new Set(asked.map(({ context }) => context.shared?.answer)).size).toBe(1);
  });

  it('are run when all who ask at that moment have arrived, with what is true by then', async () => {
    const arrived = Promise.withResolvers<void>();
    const { ask, runs, broadcast } = shop({}, readSharedFields(sdl), () => arrived.promise);
    const first = ask('{ tea { name } }');
    ask('{ tea { name } }', kira);
    expect(runs).toHaveLength(0);

    tellLive(broadcast, 'product', ['tea']);
    arrived.resolve();
    await arrived.promise;
    runs[0]?.answer({ data: { tea: { name: 'Tea' } } });

    expect(await first.result).toEqual({ data: { tea: { name: 'Tea' } } });
    expect(runs).toHaveLength(1);
    // What was changed before it was read is no reason not to keep it.
    expect(await ask('{ tea { name } }').result).toEqual({ data: { tea: { name: 'Tea' } } });
    expect(runs).toHaveLength(1);
  });

  it.each([
    ['another field', '{ tea { name isFavourite } }'],
    ['another root field', '{ tea { name } me }'],
    ['an alias', '{ tea { name: isFavourite } }'],
    ['a fragment', '{ tea { ...F } } fragment F on Tea { ...G } fragment G on Tea { isFavourite }'],
    ['an inline fragment', '{ goods { name ... on Tea { ... { isFavourite } } } }'],
    ['a type behind an interface', '{ goods { name } }'],
    ['a variable', 'query ($mine: Boolean = false) { tea { name isFavourite @include(if: $mine) } }'],
    ['a value under a personal field', '{ cart { size } }'],
    ['the schema', '{ __schema { queryType { name } } }'],
    ['a mutation', 'mutation { fill }'],
  ])('are no longer that by %s', (_by, query) => {
    expect(runsOf(query, kira, kira, anonymous)).toBe(3);
  });

  it('are read anew for staff and machines, who see more or look after what they changed', () => {
    const machine: Viewer = { kind: 'service', keyId: 'k', name: 'scraper', scopes: [] };
    expect(runsOf('{ tea { name } }', sveta, sveta, machine, anonymous)).toBe(4);
  });

  it('differ by their variables, whose order does not count', () => {
    const query =
      'query ($first: Int, $filter: JSON) { goods(first: $first, filter: $filter) { ... on Tea { name } } }';
    const { ask, runs } = shop();
    for (const variables of [
      { first: 1, filter: { a: 1, b: [1, { c: 2, d: null }] } },
      { filter: { b: [1, { d: null, c: 2 }], a: 1 }, first: 1, unknown: 7 },
      { first: 1 },
      { first: 1, filter: null },
      { first: Number.POSITIVE_INFINITY },
      { first: null },
      { first: '1' },
    ])
      void ask(query, anonymous, { variables });

    expect(runs).toHaveLength(6);
  });

  it('with large or deep variables are run for each', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(variablesKey(['list'], { list: deep })).toBeUndefined();
    expect(variablesKey(['text'], { text: 'x'.repeat(5_000) })).toBeUndefined();
  });

  it('tell different documents apart', () => {
    expect(new Set(['{ tea { name } }', '{ tea { price { amount } } }'].map((query) => runsOf(query, kira))).size).toBe(
      1,
    );
    const { ask, runs } = shop();
    void ask('{ tea { name } }');
    void ask('{ tea { price { amount } } }');
    expect(runs).toHaveLength(2);
  });

  it('are all that there are where all are nobody, the schema excepted', async () => {
    const { ask, runs } = shop({ ANSWER_CACHE_SECONDS: 0 }, nobodysFields);
    for (let times = 0; times < 2; times += 1) void ask('{ cart { size } me }');
    for (let times = 0; times < 2; times += 1) void ask('{ __schema { queryType { name } } }');
    expect(runs).toHaveLength(3);

    const changing = ask('mutation { fill }');
    runs[3]?.answer({ data: { fill: 1 } });
    await changing.result;
    void ask('{ cart { size } me }');
    expect(runs).toHaveLength(5);
  });

  it('are charged to each who finds them there, or waits for them', async () => {
    const { ask, runs, answers } = shop();
    const asked = ask('{ tea { name } }');
    const key = '1\n';
    expect(answers.stateOf(key)).toBe('coming');
    const charged: [string, number][] = [];
    const limits = { charge: async ({ kind }: Viewer, points: number) => void charged.push([kind, points]) } as never;
    const waiting = answers.answerKnown(key, { viewer: kira, requestId: 'r', logger, limits });
    runs[0]?.answer({ data: { tea: null } });
    await asked.result;

    expect(answers.stateOf(key)).toBe('there');
    expect((await waiting)?.text).toBe('{"data":{"tea":null}}');
    expect(await answers.answerKnown(key, { viewer: sveta, requestId: 'r', logger, limits })).toBeUndefined();
    await answers.answerKnown(key, { viewer: anonymous, requestId: 'r', logger, limits });
    expect(charged).toEqual([
      ['user', 4],
      ['anonymous', 4],
    ]);
    expect(runs).toHaveLength(1);

    const refused = { charge: () => Promise.reject(new DomainError('RATE_LIMITED', 'Too many.')) } as never;
    await expect(answers.answerKnown(key, { viewer: kira, requestId: 'r', logger, limits: refused })).rejects.toThrow();
  });

  it('are all run where sharing is off', () => {
    const { ask, runs } = shop({ ANSWER_SHARING: false });
    void ask('{ tea { name } }');
    void ask('{ tea { name } }');
    expect(runs).toHaveLength(2);
  });
});

describe('those who wait for one run', () => {
  const query = '{ tea { name } }';
  const late = new DomainError('OPERATION_TIMEOUT', 'It took too long.');

  it('do not lose it when one of them leaves, be it the first', async () => {
    const { ask, runs } = shop();
    const first = new AbortController();
    const leaving = ask(query, kira, { signal: first.signal });
    const staying = ask(query, anonymous, { signal: new AbortController().signal });
    first.abort(late);

    expect((await leaving.result).errors).toEqual([expect.objectContaining({ message: 'It took too long.' })]);
    expect(runs[0]?.context.signal?.aborted).toBe(false);
    runs[0]?.answer({ data: { tea: null } });
    expect(await staying.result).toEqual({ data: { tea: null } });
  });

  it('end it when the last has left, who gets what there is; who comes then begins anew', async () => {
    const { ask, runs } = shop();
    const last = new AbortController();
    const leaving = ask(query, kira, { signal: last.signal });
    last.abort(late);
    void ask(query);

    expect(runs[0]?.context.signal?.reason).toBe(late);
    expect(runs).toHaveLength(2);
    runs[0]?.answer({ data: { tea: null }, errors: [] });
    expect(await leaving.result).toMatchObject({ data: { tea: null } });
  });

  it('get its errors, each to give them a form, and so does its failure; neither is kept', async () => {
    const { ask, runs } = shop();
    const both = [ask(query), ask(query, kira)];
    const error = Object.assign(new Error('no'), {}) as never;
    runs[0]?.answer({ data: { tea: null }, errors: [error] });
    const results = await Promise.all(both.map(({ result }) => result));
    expect(results.map(({ errors }) => errors?.length)).toEqual([1, 1]);
    expect(both.map(({ context }) => context.shared?.answer)).toEqual([undefined, undefined]);

    const failing = ask(query);
    runs[1]?.fail(new Error('broken'));
    await expect(failing.result).rejects.toThrow('broken');
    void ask(query);
    expect(runs).toHaveLength(3);
  });
});

describe('a public answer', () => {
  const query = '{ tea { name } }';
  const answered = async (of: ReturnType<typeof shop>, name: string) => {
    const { result } = of.ask(query);
    of.runs.at(-1)?.answer({ data: { tea: { name } } });
    await result;
  };

  it('is kept, as the text that it was written as once', async () => {
    const here = shop();
    await answered(here, 'Tea');
    const { result, context } = here.ask(query, kira);

    expect(stringifyAnswer(await result)).toBe('{"data":{"tea":{"name":"Tea"}}}');
    expect(stringifyAnswer({ errors: [], data: context.shared?.answer?.data })).toBe(
      '{"errors":[],"data":{"tea":{"name":"Tea"}}}',
    );
    expect(here.runs).toHaveLength(1);
  });

  it.each([
    ['goods are others', ({ broadcast }: ReturnType<typeof shop>) => tellLive(broadcast, 'product', ['TEA'])],
    [
      'the catalogue says otherwise of them',
      ({ broadcast }: ReturnType<typeof shop>) => tellLive(broadcast, 'listing', ['TEA']),
    ],
    [
      'the tree of categories is another',
      ({ broadcast }: ReturnType<typeof shop>) => tellLive(broadcast, 'category', ['1']),
    ],
    [
      'another process changed something',
      ({ broadcast }: ReturnType<typeof shop>) => broadcast.publish('shared-answers', {}),
    ],
  ])('is dropped when %s', async (_when, happen) => {
    const here = shop();
    await answered(here, 'Tea');
    happen(here);
    void here.ask(query);
    expect(here.runs).toHaveLength(2);
  });

  it('stays when orders are told of, or a cart is filled', async () => {
    const here = shop();
    await answered(here, 'Tea');
    tellLive(here.broadcast, 'order', ['1']);
    const filling = here.ask('mutation { fill }', kira);
    here.runs[1]?.answer({ data: { fill: 1 } });
    await filling.result;
    await here.ask(query).result;
    expect(here.runs).toHaveLength(2);
  });

  it.each(['mutation { rename }', 'mutation { fill ... on Mutation { other: rename } }'])(
    'is dropped before who changed something is answered, failed or not: %s',
    async (mutation) => {
      const here = shop();
      await answered(here, 'Tea');
      const changing = here.ask(mutation, sveta);
      here.runs[1]?.fail(new Error('unknown how it went'));
      await expect(changing.result).rejects.toThrow();
      void here.ask(query);
      expect(here.runs).toHaveLength(3);
    },
  );

  it('is not kept, nor waited for by others, where a change came while it was read', async () => {
    const here = shop();
    const before = here.ask(query);
    tellLive(here.broadcast, 'product', ['TEA']);
    const after = here.ask(query);
    expect(here.runs).toHaveLength(2);

    here.runs[1]?.answer({ data: { tea: { name: 'new' } } });
    expect(await after.result).toEqual({ data: { tea: { name: 'new' } } });
    here.runs[0]?.answer({ data: { tea: { name: 'old' } } });
    expect(await before.result).toEqual({ data: { tea: { name: 'old' } } });
    expect(await here.ask(query).result).toEqual({ data: { tea: { name: 'new' } } });
  });

  it('is kept within so many bytes', async () => {
    const here = shop({ ANSWER_CACHE_MB: 0.01 });
    await answered(here, 'x'.repeat(20_000));
    void here.ask(query);
    expect(here.runs).toHaveLength(2);
  });

  it('says by its tag whether it is another', () => {
    const question = { operation: '1', variables: [], key: '1', points: 1 };
    const tags = ['a', 'a', 'b'].map((name) => new PublicAnswer({ name }, 0, question, shop().answers).entityTag);
    expect(tags[0]).toBe(tags[1]);
    expect(tags[0]).not.toBe(tags[2]);
    expect(tags[0]).toMatch(/^W\/"[\w-]{27}"$/);
  });
});

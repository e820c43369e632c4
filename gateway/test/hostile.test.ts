import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectHealth, startVictim, type Victim } from './victim.ts';

const fields = (count: number, field: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => field(i)).join(' ');
const nested = (depth: number, level: string, end: string) =>
  `${`${level} { `.repeat(depth)}${end}${' }'.repeat(depth)}`;

/** Each fragment spreads the next one twice: thirty of them stand for a thousand million fields. */
const exponential = (levels: number) =>
  `{ products { nodes { ...F0 } } } ${fields(levels, (i) => `fragment F${i} on Product { ...F${i + 1} ...F${i + 1} }`)} fragment F${levels} on Product { sku }`;

const bombs: Readonly<Record<string, string>> = {
  aliases: `{ ${fields(5_000, (i) => `a${i}: __typename`)} }`,
  'aliases of lists': `{ ${fields(1_000, (i) => `a${i}: products(first: 100) { nodes { sku name } }`)} }`,
  'deep fields': `{ categories ${nested(2_000, '{ children', 'id')} }`,
  'deep fragments': `{ categories { ...F0 } } ${fields(2_000, (i) => `fragment F${i} on Category { children { ...F${i + 1} } }`)} fragment F2000 on Category { id }`,
  'circular fragments':
    '{ products { nodes { ...A } } } fragment A on Product { ...B } fragment B on Product { sku ...C } fragment C on Product { ...A }',
  'fragments that double': exponential(30),
  'inline fragments': `{ ${nested(3_000, '...', '__typename')} }`,
  directives: `{ __typename ${fields(5_000, () => '@include(if: true)')} }`,
  'fields that repeat': `{ products { nodes { ${fields(20_000, () => 'sku')} } } }`,
  operations: `${fields(4_000, (i) => `query Q${i} { __typename }`)}`,
  'deep lists in arguments': `{ products(filter: { text: ${'['.repeat(20_000)}${']'.repeat(20_000)} }) { nodes { sku } } }`,
  'a long text': `{ products(filter: { text: "${'x'.repeat(110_000)}" }) { nodes { sku } } }`,
};

describe('a hostile client', () => {
  let victim: Victim;
  beforeAll(async () => {
    victim = await startVictim();
  });
  afterAll(() => victim.stop());

  /** The status of an answer; 0 where the connection was closed over a body that nobody wanted. */
  function post(body: string | Buffer): Promise<number> {
    return new Promise((resolve) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const asked = request(
        { host: '127.0.0.1', port: victim.port, path: '/graphql', method: 'POST', agent: false, headers },
        (response) => {
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      asked.on('error', () => resolve(0));
      asked.end(body);
    });
  }

  /** So many times, so many at a time. @returns the statuses that came, each once. */
  async function flood(times: number, atATime: number, work: () => Promise<number>): Promise<number[]> {
    const statuses = new Set<number>();
    let left = times;
    const one = async () => {
      while (left > 0) {
        left -= 1;
        statuses.add(await work());
      }
    };
    await Promise.all(Array.from({ length: atATime }, one));
    return [...statuses].sort();
  }

  /** Attacks with a body, so many times. @returns the statuses that came, without that of bodies which nobody read. */
  async function endures(name: string, times: number, body: string | Buffer): Promise<number[]> {
    let statuses: number[] = [];
    const damage = await victim.suffer(name, async () => {
      statuses = await flood(times, 8, () => post(body));
    });
    expectHealth(damage);
    return statuses.filter((status) => status !== 0);
  }

  it.each(Object.keys(bombs))('is refused a document with %s, at little cost', async (name) => {
    const statuses = await endures(name, 40, JSON.stringify({ query: bombs[name] }));

    // Errors of the document itself are told with 200 to clients that take plain JSON.
    expect([[400], [200]]).toContainEqual(statuses);
  });

  it('is refused a batch of ten thousand operations', async () => {
    const batch = JSON.stringify(Array.from({ length: 10_000 }, () => ({ query: '' })));

    expect(await endures('a batch of 10,000', 40, batch)).toEqual([400]);
  });

  it.each([
    ['wide', JSON.stringify({ a: Array.from({ length: 7_000 }, (_, i) => ({ [`k${i}`]: i })) }), 200],
    ['deep', `{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`, 400],
    ['long', JSON.stringify({ a: 'x'.repeat(120_000) }), 200],
  ])('may send variables that are as %s as fit', async (name, variables, status) => {
    const body = `{"query":"{ __typename }","variables":${variables}}`;

    expect(await endures(`variables that are ${name}`, 40, body)).toEqual([status]);
  });

  it.each([
    ['variables', `{"query":"{ __typename }","variables":{"a":"${'x'.repeat(9_000_000)}"}}`],
    [
      'a text',
      JSON.stringify({ query: `{ products(filter: { text: "${'x'.repeat(2_000_000)}" }) { nodes { sku } } }` }),
    ],
    ['a batch', `[${'{"query":"{ __typename }"},'.repeat(100_000)}]`],
    ['a body', Buffer.alloc(30 * 1024 * 1024, '[')],
  ])('is refused %s of megabytes before it is read', async (name, body) => {
    const statuses = await endures(`megabytes: ${name}`, 20, body);

    // Whoever goes on sending loses the connection, and may lose the answer with it.
    expect([[413], []]).toContainEqual(statuses);
  });

  it('is refused bytes that are no UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from('{"query":"{ __typename }","variables":{"a":"'),
      Buffer.alloc(100_000, 0xff),
    ]);

    expect(await endures('invalid UTF-8', 40, body)).toEqual([400]);
  });
});

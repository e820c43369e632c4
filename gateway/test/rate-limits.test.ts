import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from './harness.ts';

const page = 'query ($first: Int) { products(first: $first) { nodes { id price { amount } images { url } } } }';
const sync = 'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }';

describe('limits of what callers spend', () => {
  let graph: TestGraph;
  const before = { ...process.env };
  beforeAll(async () => {
    process.env.ONE_C_WEBHOOK_SECRETS = 'the-secret-of-1c-and-the-shop';
    const allowances = { RATE_LIMIT_IP: '60', RATE_LIMIT_USER: '30', RATE_LIMIT_KEY: '40' };
    // Each test comes from addresses of its own, as through a proxy.
    graph = await startTestGraph('one process', { ...allowances, TRUST_PROXY: 'loopback' });
  });
  afterAll(async () => {
    await graph.stop();
    delete process.env.ONE_C_WEBHOOK_SECRETS;
    Object.assign(process.env, before);
  });

  interface Sent extends RequestInit {
    readonly from: string;
    readonly token?: string;
  }
  /** Read to its end, so that a flood leaves no connection open. */
  const call = async (path: string, { from, token, headers, ...init }: Sent) => {
    const credentials = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(graph.url.replace('/graphql', path), {
      ...init,
      headers: { 'x-forwarded-for': from, ...credentials, ...headers },
    });
    return new Response(await response.text(), { status: response.status, headers: response.headers });
  };
  const post = (body: unknown, sent: Sent) =>
    call('/graphql', {
      ...sent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  /** What is left to the address, the user and the key, as the answer says. */
  const leftOf = ({ headers }: Response) =>
    Object.fromEntries(
      [...(headers.get('ratelimit') ?? '').matchAll(/"(\w+)";r=(\d+);t=\d+/g)].map(([, policy, left]) => [
        policy,
        Number(left),
      ]),
    );
  const standsAfter = async (answer: Promise<Response>) => {
    const response = await answer;
    return [response.status, leftOf(response)];
  };

  it('are told in the form of the IETF’s draft, with what the policy is and what is left of it', async () => {
    const { headers } = await post({ query: '{ me { id } }' }, { from: '192.0.2.1', token: graph.tokens.customer });

    expect(headers.get('ratelimit-policy')).toBe('"ip";q=60;w=60, "user";q=30;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"ip";r=59;t=60, "user";r=24;t=60$/);
    expect(headers.get('retry-after')).toBeNull();
  });

  it('charge an address for each request, and anonymous callers for their operations too', async () => {
    const from = '192.0.2.2';
    const one = { query: page, variables: { first: 1 } };

    // One for the request, one for the operation, and five more for a document that was never seen.
    expect(await standsAfter(post(one, { from }))).toEqual([200, { ip: 53 }]);
    expect(await standsAfter(post(one, { from }))).toEqual([200, { ip: 51 }]);
    // A page of a hundred costs 701: fourteen points more.
    expect(await standsAfter(post({ ...one, variables: { first: 100 } }, { from }))).toEqual([200, { ip: 35 }]);
  });

  it('charge a machine by the rows that it brings', async () => {
    const sent = { from: '192.0.2.3', token: graph.tokens.service };
    const goods = (count: number) => ({
      query: sync,
      variables: {
        input: { source: 'one_c', items: Array.from({ length: count }, (_, sku) => ({ sku: `${sku}`, name: 'Чай' })) },
      },
    });

    expect(await standsAfter(post(goods(1), sent))).toEqual([200, { ip: 59, key: 34 }]);
    expect(await standsAfter(post(goods(1_000), sent))).toEqual([200, { ip: 58, key: 31 }]);
  });

  it('charge each operation of a batch', async () => {
    const from = '192.0.2.4';
    const one = { query: page, variables: { first: 2 } };

    expect(await standsAfter(post([one, one, one], { from }))).toEqual([200, { ip: 56 }]);
  });

  it('charge a document that cannot run for having been read', async () => {
    const from = '192.0.2.5';

    expect((await standsAfter(post({ query: '{ products { nodes { colour } } }' }, { from })))[1]).toEqual({ ip: 54 });
    expect((await standsAfter(post({ query: '{ products {' }, { from })))[1]).toEqual({ ip: 48 });
  });

  it('refuse a user who has spent all, wherever they come from, and say when to come again', async () => {
    const token = graph.tokens.staff;
    const large = { query: page, variables: { first: 100 } };
    for (const _twice of [1, 2]) await post(large, { from: '192.0.2.6', token });

    const response = await post(large, { from: '192.0.2.7', token });

    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(58);
    expect(leftOf(response)).toEqual({ ip: 59, user: 0 });
    expect(await response.json()).toEqual({
      errors: [
        {
          message: expect.stringMatching(
            /^Too many requests: you spent the 30 points of this minute\. Try again in \d+ s/,
          ),
          extensions: {
            code: 'RATE_LIMITED',
            error: 'RateLimitedError',
            status: 429,
            timestamp: expect.any(String),
            requestId: expect.any(String),
            details: { policy: 'user', limit: 30, retryAfterSeconds: expect.any(Number) },
          },
        },
      ],
    });
    expect(await standsAfter(post(large, { from: '192.0.2.7', token: graph.tokens.admin }))).toEqual([
      200,
      { ip: 58, user: 15 },
    ]);
  });

  it('refuse a flood from one address before anyone is identified, and nobody else', async () => {
    const from = '192.0.2.8';
    const flood = await Promise.all(Array.from({ length: 100 }, () => call('/images/none', { from })));
    graph.statements();

    expect(flood.filter(({ status }) => status === 429)).toHaveLength(40);
    const rest = await call('/images/none', { from, token: graph.tokens.customer });
    expect(await rest.json()).toEqual({
      error: 'RateLimitedError',
      message: expect.stringMatching(/^Too many requests: your address spent the 60 points/),
      status: 429,
      timestamp: expect.any(String),
      requestId: expect.any(String),
    });
    const graphql = await post({ query: '{ me { id } }' }, { from, token: graph.tokens.customer });
    expect([graphql.status, graphql.headers.get('ratelimit')]).toEqual([
      429,
      expect.stringMatching(/^"ip";r=0;t=\d+$/),
    ]);
    expect(await graphql.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', status: 429 } }] });
    expect(graph.statements()).toEqual({});
    expect((await call('/images/none', { from: '192.0.2.9' })).status).toBe(404);
  });

  it('let those who watch over the server ask as often as they like', async () => {
    const asked = await Promise.all(Array.from({ length: 100 }, () => call('/livez', { from: '192.0.2.10' })));

    expect(asked.filter(({ status }) => status !== 200)).toEqual([]);
    expect(asked[0]?.headers.get('ratelimit')).toBeNull();
  });

  it.each([
    [
      'tokens',
      '192.0.2.11',
      (from: string) => post({ query: '{ __typename }' }, { from, token: 'eyJhbGciOiJub25lIn0.e30.' }),
    ],
    ['keys', '192.0.2.12', (from: string) => post({ query: '{ __typename }' }, { from, token: 'gk_00000000_guess' })],
    [
      'keys for pictures',
      '192.0.2.13',
      (from: string) => call('/api/v1/integrations/images/00', { from, token: 'gk_00000000_guess', method: 'HEAD' }),
    ],
    [
      'passwords of 1C’s exchange',
      '192.0.2.14',
      (from: string) =>
        call('/api/v1/integrations/one_c/exchange?type=catalog&mode=checkauth', {
          from,
          headers: { authorization: `Basic ${btoa('1c:guess')}` },
        }),
    ],
  ])('let nobody guess %s', async (_what, from, guess) => {
    const statuses = [];
    for (let index = 0; index < 8; index++) statuses.push((await guess(from)).status);

    // Eleven points each: one for asking and ten for being wrong. What is left does not pay for a sixth.
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  });

  it('let nobody guess the secret of 1C’s callbacks', async () => {
    const guess = () =>
      call('/api/v1/integrations/one_c/stocks', {
        from: '192.0.2.15',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-webhook-secret': 'guess' },
        body: '{}',
      });
    const statuses = [];
    for (let index = 0; index < 6; index++) statuses.push((await guess()).status);

    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
  });

  it('let nobody send all guesses at once, before the first is found wrong', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const sent = { from: '192.0.2.16', token: `gk_00000000_guess${index}` };
        return (await post({ query: '{ __typename }' }, sent)).status;
      }),
    );

    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(45);
  });

  it('let as many in at once as come with what was found right', async () => {
    const sent = { from: '192.0.2.17', token: graph.tokens.service };
    const ask = async () => (await post({ query: '{ __typename }' }, sent)).status;
    expect(await ask()).toBe(200);

    expect(await Promise.all(Array.from({ length: 10 }, ask))).toEqual(new Array(10).fill(200));
  });

  it('take all addresses of an IPv6 customer for one', async () => {
    await call('/images/none', { from: '2001:db8:1:2::1' });

    expect(await standsAfter(call('/images/none', { from: '2001:db8:1:2:ffff::9' }))).toEqual([404, { ip: 58 }]);
    expect(await standsAfter(call('/images/none', { from: '2001:db8:1:3::1' }))).toEqual([404, { ip: 59 }]);
  });
});

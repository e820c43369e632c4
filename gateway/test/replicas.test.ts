import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@gastronom/shared/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { openStream } from './live-harness.ts';
import { freePort, type ProductProcess, startProcess } from './product-process.ts';
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts';

const allowance = 40;
const describeWithRedis = hasRedis ? describe : describe.skip;
const title = hasRedis ? 'two replicas of the product' : 'two replicas (skipped: there is no redis-server)';

/** One process of the product, with all subgraphs in it, beside others on the same database. */
interface Replica {
  readonly process: ProductProcess;
  readonly origin: string;
  call(path: string, from: string, init?: RequestInit): Promise<Response>;
  ask(
    query: string,
    token: string,
    variables?: object,
  ): Promise<{ status: number; data: never; code: string | undefined }>;
  health(): Promise<{ status: string; redis: { status: string; output?: string } | undefined }>;
}

function replicaAt(process: ProductProcess, port: number): Replica {
  const origin = `http://127.0.0.1:${port}`;
  let asked = 0;
  const call = async (path: string, from: string, init: RequestInit = {}) => {
    const headers = { 'x-forwarded-for': from, ...init.headers };
    const response = await fetch(`${origin}${path}`, { ...init, headers });
    return new Response(await response.text(), { status: response.status, headers: response.headers });
  };
  return {
    process,
    origin,
    call,
    async ask(query, token, variables = {}) {
      // From an address of its own each time, so that only what it asks for can be refused.
      asked += 1;
      const response = await call('/graphql', `198.51.100.${asked}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as { data: never; errors?: { extensions: { code: string } }[] };
      return { status: response.status, data: body.data, code: body.errors?.[0]?.extensions.code };
    },
    async health() {
      const { status, checks } = (await (await call('/health', '203.0.113.1')).json()) as {
        status: string;
        checks: Record<string, [{ status: string; output?: string }]>;
      };
      return { status, redis: checks['gateway:redis']?.[0] };
    },
  };
}

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
};

describeWithRedis(title, () => {
  let database: TestDatabase;
  let dataDir: string;
  let redisPort: number;
  let redis: RedisServer;
  let one: Replica;
  let other: Replica;
  let admin: string;

  const start = async (): Promise<Replica> => {
    const port = await freePort();
    const replica = startProcess('gateway/src/main.ts', {
      DATA_DIR: dataDir,
      DATABASE_URL: database.ownerUrl,
      INTERNAL_SECRET: database.secret,
      REDIS_URL: redis.url,
      // A machine that is busy elsewhere is no Redis that hangs.
      REDIS_TIMEOUT_MS: '5000',
      PORT: String(port),
      LOG_LEVEL: 'info',
      TRUST_PROXY: 'loopback',
      RATE_LIMIT_IP: String(allowance),
      AVAILABILITY_DEBOUNCE_SECONDS: '0',
      // What comes over a stream, comes because the other told of it.
      LIVE_LOOK_SECONDS: '3600',
      // What is dropped, is dropped because it changed.
      ANSWER_CACHE_SECONDS: '30',
    });
    await replica.said('Ctrl-C stops everything');
    return replicaAt(replica, port);
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'replicas-'));
    redisPort = await freePort();
    redis = await startRedis(redisPort);
    one = await start();
    other = await start();
    admin = /admin +(\S+)/.exec(one.process.output())?.[1] ?? '';
  });
  afterAll(async () => {
    await Promise.all([one, other].map((replica) => replica?.process.ended('SIGKILL')));
    await redis?.signal('SIGKILL');
    await database.drop();
    await rm(dataDir, { recursive: true });
  });

  /** So many requests at each, at once; how many were let through there and here. */
  const flood = async (from: string, each: number): Promise<[number, number]> => {
    const passed = async (replica: Replica) => {
      const answers = await Promise.all(Array.from({ length: each }, () => replica.call('/images/none', from)));
      return answers.filter(({ status }) => status !== 429).length;
    };
    return Promise.all([passed(one), passed(other)]);
  };
  const sum = ([here, there]: [number, number]) => here + there;

  it('let a caller spend its allowance once, wherever it asks', async () => {
    expect(sum(await flood('192.0.2.1', allowance))).toBe(allowance);
  });

  it('refuse who has spent all without asking Redis', async () => {
    await flood('192.0.2.2', allowance);
    const client = new Redis(redis.url);
    const counted = async () => /cmdstat_evalsha:calls=(\d+)/.exec(await client.info('commandstats'))?.[1];
    const before = await counted();

    expect(await flood('192.0.2.2', allowance)).toEqual([0, 0]);
    expect(await counted()).toBe(before);
    client.disconnect();
  });

  it('refuse a key at once that was revoked through the other', async () => {
    const create =
      'mutation ($input: CreateServiceKeyInput!) { createServiceKey(input: $input) { secret key { id } } }';
    const { data } = await one.ask(create, admin, { input: { name: 'scraper', scopes: ['sync:write'] } });
    const { secret, key } = (data as { createServiceKey: { secret: string; key: { id: string } } }).createServiceKey;
    const runs = () => other.ask('{ syncRuns { nodes { id } } }', secret);
    expect((await runs()).data).toEqual({ syncRuns: { nodes: [] } });

    await one.ask('mutation ($id: ID!) { revokeServiceKey(id: $id) { userErrors { message } } }', admin, {
      id: key.id,
    });

    await untilWithinFreshness(async () => (await runs()).status === 401);
  });

  it('know a role at once that was changed through the other', async () => {
    const customer = /customer +(\S+)/.exec(one.process.output())?.[1] ?? '';
    const { data } = await one.ask('{ me { id } }', customer);
    const userId = (data as { me: { id: string } }).me.id;
    const codeOf = async () => (await other.ask('{ warehouses { totalCount } }', customer)).code;
    const setRole = (role: string) =>
      one.ask('mutation ($input: SetUserRoleInput!) { setUserRole(input: $input) { userErrors { message } } }', admin, {
        input: { userId, role },
      });
    expect(await codeOf()).toBe('FORBIDDEN');

    await setRole('STAFF');
    await untilWithinFreshness(async () => (await codeOf()) === undefined);
    await setRole('CUSTOMER');
    await untilWithinFreshness(async () => (await codeOf()) === 'FORBIDDEN');
  });

  it('tell who watches through one what was changed through the other, whichever does the work', async () => {
    const service = /service +(gk_\S+)/.exec(one.process.output())?.[1] ?? '';
    const count = (replica: Replica, stockQuantity: number) =>
      replica.ask(
        'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }',
        service,
        { input: { source: 'shop', items: [{ sku: 'LIVE', name: 'Live', stockQuantity }] } },
      );
    const watch = (replica: Replica) =>
      openStream(
        `${replica.origin}/graphql`,
        { query: 'subscription { productsBySku(skus: ["LIVE"]) { availableOnline } }' },
        { 'x-forwarded-for': '192.0.2.9' },
      );
    await count(one, 12);
    const streams = [await watch(one), await watch(other)];
    const told = () => Promise.all(streams.map(async (stream) => (await stream.next())?.data.data.productsBySku));
    await told();

    await count(one, 13);
    expect(await told()).toEqual([[{ availableOnline: 8 }], [{ availableOnline: 8 }]]);
    await count(other, 14);
    expect(await told()).toEqual([[{ availableOnline: 9 }], [{ availableOnline: 9 }]]);
    for (const stream of streams) stream.close();
  });

  it('drop what each keeps for all when it changes through either', async () => {
    const service = /service +(gk_\S+)/.exec(one.process.output())?.[1] ?? '';
    const customer = /customer +(\S+)/.exec(one.process.output())?.[1] ?? '';
    const rename = (replica: Replica, name: string) =>
      replica.ask(
        'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }',
        service,
        { input: { source: 'shop', items: [{ sku: 'KEPT', name }] } },
      );
    const names = () =>
      Promise.all(
        [one, other].map(async (replica) => {
          const { data } = await replica.ask('{ productsBySku(skus: ["KEPT"]) { name } }', customer);
          return (data as { productsBySku: { name: string }[] }).productsBySku[0]?.name;
        }),
      );

    for (const [writer, name] of [[one, 'Once'] as const, [other, 'Twice'] as const, [one, 'Thrice'] as const]) {
      await rename(writer, name);
      await untilWithinFreshness(async () => (await names()).every((told) => told === name));
    }
  });

  it('answer while Redis stands still, each by itself', async () => {
    await redis.signal('SIGSTOP');

    expect(await flood('192.0.2.3', allowance + 5)).toEqual([allowance, allowance]);
    expect(await one.health()).toMatchObject({ status: 'warn', redis: { status: 'warn' } });
    await redis.signal('SIGCONT');
    await until(async () => {
      await one.call('/images/none', '192.0.2.4');
      return (await one.health()).status === 'pass';
    });
  });

  it('go on when Redis dies, each with limits of its own, and say so once', async () => {
    await redis.signal('SIGKILL');
    await Promise.all([one, other].map(({ process }) => process.said('Redis does not answer')));

    expect(await flood('192.0.2.5', allowance + 5)).toEqual([allowance, allowance]);
    expect(await one.health()).toMatchObject({
      status: 'warn',
      redis: { status: 'warn', output: expect.stringContaining('each replica keeps limits alone') },
    });
    expect((await one.call('/readyz', '192.0.2.6')).status).toBe(200);
    expect(one.process.output().match(/Redis does not answer/g)).toHaveLength(1);
  });

  it('learn of a revocation within seconds all the same', async () => {
    const service = /service +(gk_\S+)/.exec(one.process.output())?.[1] ?? '';
    const runs = () => other.ask('{ syncRuns { nodes { id } } }', service);
    expect((await runs()).code).toBeUndefined();
    await database.query('UPDATE accounts.service_keys SET revoked_at = now()');

    await until(async () => (await runs()).status === 401);
  });

  it('share limits again once Redis is back', async () => {
    redis = await startRedis(redisPort);
    await Promise.all([one, other].map(({ process }) => process.said('Redis answers again')));
    await until(async () => {
      await Promise.all([one, other].map((replica) => replica.call('/images/none', '192.0.2.7')));
      const healths = await Promise.all([one.health(), other.health()]);
      return healths.every(({ status }) => status === 'pass');
    });

    expect(sum(await flood('192.0.2.8', allowance))).toBe(allowance);
  });
});

/** Sooner than what was remembered is looked up anew by itself, which is after three seconds. */
async function untilWithinFreshness(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it was not known at once');
}

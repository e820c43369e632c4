import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@gastronom/shared/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'undici';
import { freePort, type ProductProcess, startProcess } from './product-process.ts';

const allowance = 40;

/** One connection, which stays with the worker that it came to. */
interface Line {
  readonly worker: number;
  call(path: string, from: string, init?: { method?: string; headers?: object; body?: string }): Promise<Heard>;
  /** Reads what comes over a stream, as it comes. */
  stream(path: string, from: string): Promise<{ status: number; text(): string; close(): void }>;
}

interface Heard {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('two workers of one gateway', () => {
  let database: TestDatabase;
  let dataDir: string;
  let origin: string;
  let metricsUrl: string;
  let settings: Record<string, string>;
  let product: ProductProcess;
  let asked = 0;
  const clients: Client[] = [];

  /** Whom each `said` of a worker is about, in the order in which they came to serve. */
  const served = (): { worker: number; pid: number }[] =>
    product
      .output()
      .split('\n')
      .filter((line) => line.endsWith('"a worker serves"}'))
      .map((line) => JSON.parse(line))
      .map(({ worker, workerPid }) => ({ worker, pid: workerPid }));

  const openLine = async (): Promise<Line> => {
    const client = new Client(origin, { keepAliveTimeout: 60_000, pipelining: 1 });
    clients.push(client);
    const call: Line['call'] = async (path, from, { method = 'GET', headers = {}, body } = {}) => {
      const answer = await client.request({
        path,
        method: method as 'GET',
        headers: { 'x-forwarded-for': from, ...headers } as Record<string, string>,
        body: body ?? null,
      });
      return { status: answer.statusCode, text: await answer.body.text(), headers: answer.headers };
    };
    asked += 1;
    const requestId = `line-${asked}`;
    await call('/livez', '203.0.113.1', { headers: { 'x-request-id': requestId } });
    const told = new RegExp(`"worker":(\\d+),"requestId":"${requestId}"`);
    await until(() => told.test(product.output()));
    return {
      worker: Number(told.exec(product.output())?.[1]),
      call,
      async stream(path, from) {
        const headers = { accept: 'text/event-stream', 'x-forwarded-for': from };
        const { statusCode, body } = await client.request({ path, method: 'GET', headers });
        let text = '';
        body.on('data', (chunk) => {
          text += chunk;
        });
        body.on('error', () => undefined);
        return { status: statusCode, text: () => text, close: () => body.destroy() };
      },
    };
  };

  const lineTo = async (worker: number): Promise<Line> => {
    for (;;) {
      const line = await openLine();
      if (line.worker === worker) return line;
    }
  };

  /** A connection to each worker. */
  const openLines = async (): Promise<[Line, Line]> => [await lineTo(1), await lineTo(2)];

  const ask = async (line: Line, query: string, token?: string, variables: object = {}) => {
    // From an address of its own each time, so that only what it asks for can be refused.
    asked += 1;
    const { status, text } = await line.call('/graphql', `198.51.${asked >> 8}.${asked & 255}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = JSON.parse(text) as { data: never; errors?: { extensions: { code: string } }[] };
    return { status, data, code: errors?.[0]?.extensions.code };
  };

  const tokenOf = (who: string): string => new RegExp(`${who} +(\\S+)`).exec(product.output())?.[1] ?? '';

  const health = async (line: Line) => JSON.parse((await line.call('/health', '203.0.113.1')).text);

  const countStock = (line: Line, stockQuantity: number) =>
    ask(
      line,
      'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }',
      tokenOf('service'),
      { input: { source: 'shop', items: [{ sku: 'LIVE', name: 'Live', stockQuantity }] } },
    );

  /** Asks over several connections, until told to end. */
  const load = () => {
    const failures: { begunAt: number; how: string }[] = [];
    let ended = false;
    let answers = 0;
    const loops = Array.from({ length: 4 }, async (_, number) => {
      while (!ended) {
        const begunAt = performance.now();
        try {
          const answer = await fetch(`${origin}/graphql?query={__typename}`, {
            headers: { 'x-forwarded-for': `198.18.${number}.${answers % 250}`, 'apollo-require-preflight': 'true' },
          });
          if (answer.status !== 200) failures.push({ begunAt, how: `${answer.status} ${await answer.text()}` });
          else await answer.arrayBuffer();
          answers += 1;
        } catch (error) {
          failures.push({ begunAt, how: String((error as Error).cause ?? error) });
        }
        // The machine is to have time for those who start.
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    });
    return {
      failures,
      answers: () => answers,
      async end() {
        ended = true;
        await Promise.all(loops);
      },
    };
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'workers-'));
    const port = await freePort();
    const metricsPort = await freePort();
    origin = `http://127.0.0.1:${port}`;
    metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
    await writeFile(join(dataDir, 'allowance'), String(allowance));
    settings = {
      WORKERS: '2',
      DATA_DIR: dataDir,
      DATABASE_URL: database.ownerUrl,
      INTERNAL_SECRET: database.secret,
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      LOG_LEVEL: 'info',
      TRUST_PROXY: 'loopback',
      RATE_LIMIT_IP_FILE: join(dataDir, 'allowance'),
      AVAILABILITY_DEBOUNCE_SECONDS: '0',
      // What comes over a stream, comes because another worker told of it.
      LIVE_LOOK_SECONDS: '3600',
    };
    product = startProcess('gateway/src/main.ts', settings);
    await product.said('Ctrl-C stops everything');
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.destroy()));
    await product?.ended('SIGKILL');
    await database.drop();
    await rm(dataDir, { recursive: true });
  });

  it('answer at one port, and know of each other', async () => {
    const [one, other] = await openLines();

    expect((await ask(one, '{ __typename }')).data).toEqual({ __typename: 'Query' });
    expect((await ask(other, '{ __typename }')).data).toEqual({ __typename: 'Query' });
    for (const line of [one, other])
      expect((await health(line)).checks['gateway:workers']).toEqual([expect.objectContaining({ status: 'pass' })]);
    expect(product.output().match(/"msg":"listening"/g)).toHaveLength(1);
  });

  it('tell in one place what both have counted', async () => {
    const [one, other] = await openLines();
    const answered = async () => {
      const text = await (await fetch(metricsUrl)).text();
      expect(text).toContain('gastronom_workers 2');
      return Number(/gastronom_http_request_seconds_count\{route="\/readyz",status="200"\} (\d+)/.exec(text)?.[1] ?? 0);
    };
    const before = await answered();

    await one.call('/readyz', '203.0.113.1');
    await other.call('/readyz', '203.0.113.1');

    await until(async () => (await answered()) === before + 2);
    await ask(one, '{ products(first: 1) { nodes { sku } } nothing }');
    await ask(other, '{ products(first: 1) { nodes { sku } } }');
    const text = await (await fetch(metricsUrl)).text();
    expect(text).toMatch(/gastronom_graphql_operations_total\{kind="query",outcome="ok"\} \d+/);
    expect(text).toMatch(/gastronom_graphql_operations_total\{kind="none",outcome="failed"\} 1\n/);
    expect(text).toMatch(/gastronom_subgraph_fetch_seconds_count\{subgraph="catalog",outcome="answered"\} \d+/);
    expect(text).toMatch(/gastronom_database_connections\{subgraph="catalog",state="idle"\} \d+/);
    expect(text).toMatch(/gastronom_jobs_ready\{job="expire-reservations"\} \d+/);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  it('let a caller spend its allowance once, wherever it comes', async () => {
    const lines = await openLines();
    const passed = async (line: Line, from: string) => {
      const answers = [];
      for (let i = 0; i < allowance; i += 1) answers.push(await line.call('/images/none', from));
      return answers.filter(({ status }) => status !== 429).length;
    };

    const [here, there] = await Promise.all(lines.map((line) => passed(line, '192.0.2.1')));

    expect(Number(here) + Number(there)).toBe(allowance);
  });

  it('refuse a key at once that was revoked through the other', async () => {
    const [one, other] = await openLines();
    const admin = tokenOf('admin');
    const create =
      'mutation ($input: CreateServiceKeyInput!) { createServiceKey(input: $input) { secret key { id } } }';
    const { data } = await ask(one, create, admin, { input: { name: 'scraper', scopes: ['sync:write'] } });
    const { secret, key } = (data as { createServiceKey: { secret: string; key: { id: string } } }).createServiceKey;
    const runs = () => ask(other, '{ syncRuns { nodes { id } } }', secret);
    expect((await runs()).data).toEqual({ syncRuns: { nodes: [] } });

    await ask(one, 'mutation ($id: ID!) { revokeServiceKey(id: $id) { userErrors { message } } }', admin, {
      id: key.id,
    });

    // Sooner than what was remembered is looked up anew by itself, which is after three seconds.
    const since = performance.now();
    await until(async () => (await runs()).status === 401);
    expect(performance.now() - since).toBeLessThan(3_000);
  });

  it('find the stream of a token, whichever of them is asked', async () => {
    const [one, other] = await openLines();
    await countStock(one, 12);
    const from = '192.0.2.9';
    const token = (await one.call('/graphql', from, { method: 'PUT' })).text;
    const headers = { 'content-type': 'application/json', 'x-graphql-event-stream-token': token };
    const add = (line: Line, operationId: string) =>
      line.call('/graphql', from, {
        method: 'POST',
        headers,
        body: JSON.stringify({
          query: 'subscription { productsBySku(skus: ["LIVE"]) { availableOnline } }',
          extensions: { operationId },
        }),
      });

    expect((await add(other, 'a')).status).toBe(202);
    expect((await add(one, 'a')).status).toBe(409);
    const stream = await (await lineTo(other.worker)).stream(`/graphql?token=${token}`, from);
    expect(stream.status).toBe(200);
    await until(() => stream.text().includes('"availableOnline":7'));
    await countStock(other, 13);
    await until(() => stream.text().includes('"availableOnline":8'));
    await countStock(one, 14);
    await until(() => stream.text().includes('"availableOnline":9'));
    const end = { method: 'DELETE', headers: { 'x-graphql-event-stream-token': token } };
    expect((await other.call('/graphql?operationId=a', from, end)).status).toBe(200);
    expect((await add(other, 'a')).status).toBe(202);
    expect(stream.text()).toContain('"id":"a"');
    stream.close();
    const gone = { headers: { accept: 'text/event-stream', 'x-graphql-event-stream-token': '99.nobody' } };
    expect((await other.call('/graphql', from, gone)).status).toBe(404);
  });

  it('do without one that is killed, until another has taken its place', async () => {
    const before = served();
    const killed = Number(before[1]?.pid);
    const busy = load();
    await until(() => busy.answers() > 50);

    process.kill(killed, 'SIGKILL');
    await product.said('a worker ended; another takes its place');
    const noticedAt = performance.now();
    await until(() => served().length === before.length + 1);
    const answers = busy.answers();
    await until(() => busy.answers() > answers + 50);
    await busy.end();

    expect(busy.failures.filter(({ begunAt }) => begunAt > noticedAt)).toEqual([]);
    // What was in its hands is lost, and no more than that.
    expect(busy.failures.length).toBeLessThanOrEqual(4);
    expect(served().at(-1)?.worker).toBe(2);
    expect(await (await fetch(metricsUrl)).text()).toContain('gastronom_worker_deaths_total 1');
    const [line] = await openLines();
    expect((await health(line)).checks['gateway:workers'][0].status).toBe('pass');
  });

  it('are replaced on SIGUSR2 without a request lost, and go by the settings of then', async () => {
    const before = served();
    await writeFile(join(dataDir, 'allowance'), '50');
    const busy = load();
    await until(() => busy.answers() > 50);

    product.child.kill('SIGUSR2');
    await product.said('each worker was replaced');
    const answers = busy.answers();
    await until(() => busy.answers() > answers + 50);
    await busy.end();

    expect(busy.failures).toEqual([]);
    expect(served().map(({ worker }) => worker)).toEqual([...before.map(({ worker }) => worker), 1, 2]);
    expect(before.filter(({ pid }) => isAlive(pid))).toEqual([]);
    const [line] = await openLines();
    expect((await line.call('/images/none', '192.0.2.3')).headers['ratelimit-policy']).toBe('"ip";q=50;w=60');
  });

  it('say once why they cannot serve, and end', async () => {
    const second = await startProcess('gateway/src/main.ts', { ...settings, METRICS_PORT: '' }).ended();

    expect(second.code).toBe(1);
    expect(second.output.match(/Port \d+ is in use: stop what listens there/g)).toHaveLength(1);
  });

  it('end when the process that started them is killed', async () => {
    const workers = served().slice(-2);
    expect(workers.filter(({ pid }) => isAlive(pid))).toHaveLength(2);

    await product.ended('SIGKILL');

    await until(() => workers.every(({ pid }) => !isAlive(pid)));
  });
});

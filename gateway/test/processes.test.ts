import { addressVariable, subgraphNames } from '@gastronom/shared/subgraph-addresses';
import { createTestDatabase, type TestDatabase } from '@gastronom/shared/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, type ProductProcess, startProcess } from './product-process.ts';

describe('the product as processes of their own', () => {
  let database: TestDatabase;
  let port: number;
  let gateway: ProductProcess;
  let common: Record<string, string>;
  const subgraphs = new Map<string, ProductProcess>();

  beforeAll(async () => {
    database = await createTestDatabase();
    const ports = new Map<string, number>();
    for (const name of subgraphNames) ports.set(name, await freePort());
    port = await freePort();
    common = {
      LOG_LEVEL: 'info',
      // Each question is to reach the subgraphs.
      ANSWER_SHARING: 'false',
      DATABASE_URL: database.ownerUrl,
      INTERNAL_SECRET: database.secret,
      ...Object.fromEntries(
        subgraphNames.map((name) => [addressVariable(name), `http://127.0.0.1:${ports.get(name)}/graphql`]),
      ),
    };
    for (const name of subgraphNames)
      subgraphs.set(name, startProcess(`subgraphs/${name}/src/main.ts`, { ...common, PORT: String(ports.get(name)) }));
    await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.said('"listening"')));
    gateway = startProcess('gateway/src/main.ts', { ...common, PORT: String(port) });
    await gateway.said('Ctrl-C stops everything');
  });
  afterAll(async () => {
    await Promise.all([gateway, ...subgraphs.values()].map((one) => one.ended('SIGKILL')));
    await database.drop();
  });

  const ask = async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as { data: Record<string, unknown>; errors?: { extensions: { code: string } }[] };
  };

  it('syncs a good through the gateway and shows what is available of it', async () => {
    const key = /service +(gk_\S+)/.exec(gateway.output())?.[1];
    const sync = `mutation { syncProducts(input: { source: "one_c", items: [{ sku: "7", name: "Кефир", price: "99,90", stockQuantity: 12.5 }] }) { results { outcome } userErrors { message } } }`;

    expect(await ask(sync, { authorization: `Bearer ${key}` })).toEqual({
      data: { syncProducts: { results: [{ outcome: 'CREATED' }], userErrors: [] } },
    });
    expect(await ask('{ product(sku: "7") { name availableOnline marketPrice { stores } } }')).toEqual({
      data: { product: { name: 'Кефир', availableOnline: 7.5, marketPrice: null } },
    });
  });

  it('names the request by the same id in each process', async () => {
    await ask('{ product(sku: "7") { name availableOnline } }', { 'x-request-id': 'till-42' });

    await gateway.said('"requestId":"till-42"');
    await Promise.all(['catalog', 'inventory'].map((name) => subgraphs.get(name)?.said('"requestId":"till-42"')));
  });

  it('says in one line that its port is in use, and ends, its work for later included', async () => {
    const url = new URL(String(common.INTEGRATIONS_URL));

    const second = await startProcess('subgraphs/integrations/src/main.ts', { ...common, PORT: url.port }).ended();

    expect(second.code).toBe(1);
    expect(second.output).toContain('The port is in use: stop what listens there, or set another PORT.');
  });

  it('has workers that need no port, and end on SIGTERM', async () => {
    const worker = startProcess('subgraphs/integrations/src/main.ts', { ...common, SERVE: 'jobs' });
    await worker.said('"working"');

    expect((await worker.ended('SIGTERM')).code).toBe(0);
  });

  it('still answers what it can when a process is gone, and each ends cleanly on SIGTERM', async () => {
    expect((await subgraphs.get('inventory')?.ended('SIGTERM'))?.code).toBe(0);

    const { data, errors } = await ask('{ product(sku: "7") { name availableOnline } }');

    expect(data).toEqual({ product: { name: 'Кефир', availableOnline: null } });
    expect(errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    const processes = [gateway, ...subgraphs.values()];
    const ends = await Promise.all(processes.map((one) => one.ended('SIGTERM')));
    expect(ends.map(({ code }) => code)).toEqual(processes.map(() => 0));
  });
});

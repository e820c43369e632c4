import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { routedSubgraphs } from '../src/supergraph-mode/routed-subgraphs.ts';
import { freePort, type ProductProcess, startProcess } from './product-process.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';
const goods = `${link} type Query { goods: [Good!]! broken: Int } type Good @key(fields: "id") { id: ID! name: String! }`;
const stock = `${link} type Good @key(fields: "id") { id: ID! left: Int }`;

/** A subgraph of somebody else: it answers by what it finds in the text of the operation. */
interface Stranger {
  readonly url: string;
  readonly asked: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[];
  readonly server: Server;
}

async function stranger(path: string, answer: (query: string) => object): Promise<Stranger> {
  const asked: Stranger['asked'] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ url: request.url, headers: request.headers, body });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer(JSON.parse(body).query)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, asked, server };
}

const brokenError = { message: 'Somebody ate it.', extensions: { code: 'EATEN', by: 'mice' } };

function goodsAnswer(query: string): object {
  if (query.includes('broken')) return { data: { broken: null }, errors: [{ ...brokenError, path: ['broken'] }] };
  const good = (id: string, name: string) => ({ __typename: 'Good', id, name });
  return { data: { __typename: 'Query', goods: [good('1', 'Buckwheat'), good('2', 'Rye')] } };
}

function supergraphOf(services: Readonly<Record<string, { sdl: string; url: string }>>): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(services).map(([name, { sdl, url }]) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  return supergraphSdl;
}

describe('a supergraph of others', () => {
  let goodsServer: Stranger;
  let stockServer: Stranger;
  let folder: string;
  let url: string;
  let gateway: ProductProcess;
  const main = 'gateway/src/supergraph-mode/main.ts';
  beforeAll(async () => {
    goodsServer = await stranger('/a/path?with=a-query', goodsAnswer);
    stockServer = await stranger('/stock', () => ({ data: { _entities: [{ left: 7 }, { left: null }] } }));
    folder = await mkdtemp(join(tmpdir(), 'gastronom-supergraph-'));
    const file = join(folder, 'supergraph.graphql');
    const services = { goods: { sdl: goods, url: goodsServer.url }, stock: { sdl: stock, url: stockServer.url } };
    await writeFile(file, supergraphOf(services));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    gateway = startProcess(main, { LOG_LEVEL: 'silent' }, ['--supergraph', file, '--port', String(port)]);
    await gateway.said('is ready at');
  });
  afterAll(async () => {
    await gateway.ended('SIGKILL');
    for (const { server } of [goodsServer, stockServer]) {
      server.closeAllConnections();
      server.close();
    }
    await rm(folder, { recursive: true, force: true });
  });
  const ask = async (query: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: 'Bearer of-somebody' },
      body: JSON.stringify({ query }),
    });
    const body = (await response.json()) as { data?: unknown; errors: { extensions: { code: string } }[] };
    return { status: response.status, type: response.headers.get('content-type'), body };
  };

  it('is joined over its routing URLs, which learn nothing of who asks', async () => {
    const { status, type, body } = await ask('{ goods { name left } }');

    expect(body).toEqual({
      data: {
        goods: [
          { name: 'Buckwheat', left: 7 },
          { name: 'Rye', left: null },
        ],
      },
    });
    expect({ status, type }).toEqual({ status: 200, type: 'application/json; charset=utf-8' });
    expect(goodsServer.asked.map((one) => one.url)).toEqual(['/a/path?with=a-query']);
    for (const { headers } of [...goodsServer.asked, ...stockServer.asked]) {
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('x-gastronom-viewer');
    }
  });

  it('tells its errors as its subgraphs do', async () => {
    const { status, body } = await ask('{ broken }');

    expect(status).toBe(200);
    expect(body).toMatchObject({ data: { broken: null }, errors: [{ ...brokenError, path: ['broken'] }] });
  });

  it('says what is wrong with an operation', async () => {
    const { status, body } = await ask('{ nothing }');

    expect(status).toBe(200);
    expect(body.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });

  it('is ready while its subgraphs answer, and ends when it is told to', async () => {
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/health`)).status).toBe(200);

    expect((await gateway.ended('SIGTERM')).code).toBe(0);
  });

  it('is not served in production', async () => {
    const { code, output } = await startProcess(main, { ENVIRONMENT: 'production' }, ['--supergraph', 'x']).ended();

    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([expect.stringContaining('ENVIRONMENT')]);
  });

  it('says what it takes', async () => {
    const { code, output } = await startProcess(main, {}, ['--help']).ended();

    expect(code).toBe(0);
    expect(output).toContain('--supergraph FILE');
  });

  const federation1 =
    'schema @core(feature: "https://specs.apollo.dev/core/v0.1") { query: Query } type Query { a: Int }';
  it.each([
    ['a file that is no schema', 'goods:\n  url: x', 'is no GraphQL schema'],
    ['a schema of no supergraph', 'type Query { a: Int }', 'is no supergraph'],
    ['a supergraph of Federation 1', federation1, 'is a supergraph of Federation 1'],
    ['a subgraph without an address', supergraphOf({ goods: { sdl: goods, url: '' } }), 'goods has no routing URL'],
    ['a subgraph at no web address', supergraphOf({ goods: { sdl: goods, url: 'x:y' } }), 'the routing URL x:y'],
  ])('does not serve %s', (_what, text, message) => {
    expect(() => routedSubgraphs(text, 'f.graphql')).toThrow(message);
  });
});

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ExitCode } from './exit-code.ts';
import { GraphClient } from './graph-client.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Reply = (response: ServerResponse, request: IncomingMessage) => void;

const json =
  (status: number, body: unknown, headers = {}): Reply =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** A server that answers one request after another as told, the last way for ever. */
async function serve(...replies: Reply[]): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  server = createServer((request, response) => {
    requests.push(request);
    request.resume().on('end', () => (replies[requests.length - 1] ?? replies.at(-1))?.(response, request));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, requests };
}

const client = (url: string, attempts = 3) => new GraphClient({ url, credential: 'gk_1', attempts });
const failure = (code: string, message = 'no') => json(200, { errors: [{ message, extensions: { code } }] });
const done = json(200, { data: { ok: 1 } });

describe('the graph client', () => {
  it('sends its key and gives back the data', async () => {
    const { url, requests } = await serve(done);

    await expect(client(url).request('{ ok }')).resolves.toEqual({ ok: 1 });
    expect(requests[0]?.headers.authorization).toBe('Bearer gk_1');
  });

  it.each([
    ['503', json(503, {})],
    ['429 with a time to wait', json(429, {}, { 'retry-after': '0.1' })],
    ['a subgraph that is down', failure('SUBGRAPH_UNAVAILABLE')],
    ['an error inside the server', failure('INTERNAL_SERVER_ERROR')],
    ['a connection that breaks', ((response) => response.destroy()) as Reply],
  ])('tries again after %s', async (_, reply) => {
    const { url, requests } = await serve(reply, done);

    await expect(client(url).request('{ ok }')).resolves.toEqual({ ok: 1 });
    expect(requests).toHaveLength(2);
  });

  it('gives up after its attempts, with the exit code of a server out of reach', async () => {
    const { url, requests } = await serve(json(503, {}));

    await expect(client(url).request('{ ok }')).rejects.toMatchObject({
      exitCode: ExitCode.serverUnreachable,
      message: `${url} does not answer (HTTP 503): start the server with \`pnpm start\`, or give its address by --url`,
    });
    expect(requests).toHaveLength(3);
  });

  it('says so at once when the server refuses', async () => {
    const { url, requests } = await serve(failure('FORBIDDEN', 'You may not.'));

    await expect(client(url).request('{ ok }')).rejects.toMatchObject({
      reason: 'FORBIDDEN',
      exitCode: ExitCode.failed,
    });
    expect(requests).toHaveLength(1);
  });

  it('names an address where no graph is', async () => {
    const { url } = await serve((response) => response.end('<html>'));

    await expect(client(url).request('{ ok }')).rejects.toThrow(
      "answered HTTP 200 and no JSON: is it the graph's address?",
    );
    await expect(client('http://127.0.0.1:9/graphql', 1).request('{ ok }')).rejects.toMatchObject({
      code: 'UNREACHABLE',
    });
  });
});

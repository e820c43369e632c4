import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { ImageClient } from './image-client.ts';

describe('sending pictures', () => {
  it('waits as long as a server asks whose limit is spent', async () => {
    const statuses = [429, 404, 201];
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(statuses.shift() ?? 500, { 'retry-after': '0.05' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const graphUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const waits: number[] = [];
    const client = new ImageClient({ graphUrl, credential: 'gk', onRetry: (_reason, wait) => waits.push(wait) });

    expect(await client.send('00', async () => Buffer.from('picture'))).toEqual({ outcome: 'sent' });
    expect(waits).toEqual([50]);
    server.close();
  });
});

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GraphDoor {
  url: string;
  /** Idempotency keys of the batches that came, in their order. */
  batches: string[];
  /** Resolves when the first batch is left without an answer. */
  silent: Promise<void>;
  open(): void;
  close(): void;
}

/** A way to the graph that passes on all but the last of so many batches, and then stays silent until it is opened. */
export async function openDoor(graphUrl: string, callsBeforeSilence: number): Promise<GraphDoor> {
  const batches: string[] = [];
  let closed = true;
  let fallSilent: () => void;
  const silent = new Promise<void>((resolve) => {
    fallSilent = resolve;
  });
  const server: Server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const key = JSON.parse(body).variables?.input?.idempotencyKey;
    if (key) batches.push(key);
    if (closed && batches.length >= callsBeforeSilence) {
      fallSilent();
      return;
    }
    const headers = { 'content-type': 'application/json', authorization: request.headers.authorization ?? '' };
    const answer = await fetch(graphUrl, { method: 'POST', headers, body });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    batches,
    silent,
    open: () => {
      closed = false;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

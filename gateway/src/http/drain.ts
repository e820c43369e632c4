import { once } from 'node:events';
import { Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** Takes no new connections, and ends each that there is with its next answer; done when none is left, or in time. */
    drain(): Promise<void>;
  }
}

/** A connection that is silent for so long is closed without an answer to close it by. */
const mostMs = 10_000;

/** Lets a server leave while another serves the same port: whoever is in the middle of something is not cut off. */
export function drainGently(server: FastifyInstance, onDrain: () => void): void {
  let draining = false;
  server.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('connection', 'close');
  });
  server.decorate('drain', async () => {
    draining = true;
    const empty = once(server.server, 'close');
    // The HTTP server's own `close` would cut connections that are between two requests, as one is on its way.
    Server.prototype.close.call(server.server);
    onDrain();
    const over = new AbortController();
    await Promise.race([empty, delay(mostMs, undefined, { signal: over.signal, ref: false })]);
    over.abort();
  });
}

import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** For how long a connection that was just opened may still bring its request, once the server stops. */
const graceMs = 500;

/**
 * Lets go of connections on which nothing was asked when the server stops: browsers open them to have them at hand. Node
 * takes them for busy, and would wait until they run into a time limit.
 */
export function dropUnusedConnections(server: FastifyInstance): void {
  const unused = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.server.on('request', ({ socket }: { socket: Socket }) => unused.delete(socket));
  server.addHook('preClose', async () => {
    const drop = () => {
      for (const socket of unused) socket.destroy();
    };
    setTimeout(drop, graceMs).unref();
  });
}

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { TrustProxy } from './trusted-proxy.ts';

/** The connections of one address: how many, and those on which nothing is being asked, silent longest first. */
interface Lines {
  open: number;
  readonly silent: Set<Socket>;
}

/**
 * Keeps one address from taking all connections that there are. A new one beyond so many takes the place of the one that
 * was silent longest, so that who holds thousands and says nothing shuts out nobody, not even neighbours behind the same
 * address; where all are asking something, the new one is closed. A trusted proxy brings everybody, and has as many as it
 * likes.
 */
export function boundConnections(server: Server, most: number, trust: TrustProxy | undefined): void {
  const addresses = new Map<string, Lines>();
  const linesOf = new WeakMap<Socket, Lines>();

  server.on('connection', (socket) => {
    const address = socket.remoteAddress;
    // One that is gone already has none.
    if (address === undefined || trust?.(address, 0)) return;
    const lines = addresses.get(address) ?? { open: 0, silent: new Set() };
    addresses.set(address, lines);
    linesOf.set(socket, lines);
    lines.open += 1;
    lines.silent.add(socket);
    socket.once('close', () => {
      lines.open -= 1;
      lines.silent.delete(socket);
      if (lines.open === 0) addresses.delete(address);
    });
    if (lines.open <= most) return;
    const [longest = socket] = lines.silent;
    lines.silent.delete(longest);
    longest.destroy();
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const lines = linesOf.get(socket);
    if (!lines) return;
    lines.silent.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) lines.silent.add(socket);
    });
  });
}

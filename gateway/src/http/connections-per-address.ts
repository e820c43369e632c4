import type { Server } from 'node:http';
import type { TrustProxy } from './trusted-proxy.ts';

/**
 * Closes connections beyond so many of one address as they come, so that nobody takes all that there are. A trusted proxy
 * brings everybody, and has as many as it likes.
 */
export function boundConnections(server: Server, most: number, trust: TrustProxy | undefined): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = socket.remoteAddress;
    // One that is gone already has none.
    if (address === undefined || trust?.(address, 0)) return;
    const count = (open.get(address) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 0) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TakenRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** A 1C that answers what it is told and remembers what it was asked, to the letter; it never calls back. */
export class SmallOneC {
  readonly requests: TakenRequest[] = [];
  /** What it answers next; once they are used up, 202. Nothing at all for 0. */
  answers: number[] = [];
  delayMs = 0;
  /** The most requests that it ever had in hand. */
  most = 0;
  #inHand = 0;
  readonly #server = createServer((request, response) => {
    this.#inHand += 1;
    this.most = Math.max(this.most, this.#inHand);
    response.once('close', () => {
      this.#inHand -= 1;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      this.requests.push({ method, url, headers, body: Buffer.concat(chunks).toString(), at: Date.now() });
      const status = this.answers.shift() ?? 202;
      if (status !== 0) setTimeout(() => response.writeHead(status).end('{}'), this.delayMs);
    });
  });

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  forget(): void {
    this.requests.length = 0;
    this.answers = [];
    this.delayMs = 0;
    this.most = 0;
  }
}

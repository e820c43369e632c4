import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, request } from 'undici';
import { timedOut, tooLarge, troubleOf } from './fetch-trouble.ts';
import { readBody } from './read-body.ts';
import { limitTime } from './time-limit.ts';

/** What requests of pages go through. */
export interface Wire {
  readonly dispatcher: Dispatcher;
  /** From the request to the last byte, in milliseconds. */
  readonly timeoutMs: number;
  readonly limitBytes: number;
}

/** An answer whose head has come. Its body is read, or thrown away: one of the two, always. */
export interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** All of it, or with `cutAt` its beginning, of so many bytes at most. @throws FetchTrouble */
  read(cutAt?: number): Promise<Buffer>;
  discard(): void;
}

export interface Asking {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onBytes: (count: number) => void;
}

export const headerOf = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

const mostDiscarded = 16_384;

/** Asks for an address once and follows nowhere. @throws FetchTrouble, or the signal’s reason */
export async function ask(url: URL, { headers, signal, onBytes }: Asking, wire: Wire): Promise<Answer> {
  const limit = limitTime(wire.timeoutMs, signal, () => timedOut(url.host));
  const explained = (error: unknown): unknown => {
    if (signal.aborted) return signal.reason;
    return limit.isOver ? timedOut(url.host) : troubleOf(url.host, error);
  };
  const { dispatcher, timeoutMs } = wire;
  const times = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  try {
    const asking = { dispatcher, headers, signal: limit.signal, ...times };
    const { statusCode, headers: given, body } = await request(url, asking);
    const giveUp = () => {
      limit.end();
      body.on('error', () => undefined).destroy();
    };
    const discard = () => {
      // What is short is read, so that the connection serves the next request.
      void body.dump({ limit: mostDiscarded, signal: limit.signal }).then(limit.end, limit.end);
    };
    return {
      url,
      status: statusCode,
      headers: given,
      discard,
      async read(cutAt) {
        try {
          const bytes = cutAt ?? wire.limitBytes;
          if (!cutAt && Number(headerOf(given, 'content-length')) > bytes) throw tooLarge(bytes);
          const limits = { bytes, isCut: cutAt !== undefined, onBytes };
          return await readBody(body, given['content-encoding'], limits);
        } catch (error) {
          throw explained(error);
        } finally {
          // Of what is read to its end nothing is left to be given up.
          giveUp();
        }
      },
    };
  } catch (error) {
    limit.end();
    throw explained(error);
  }
}

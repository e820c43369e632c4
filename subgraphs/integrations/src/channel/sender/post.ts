import { AddressRefusedError } from '@gastronom/shared/http/address-guard';
import { type Dispatcher, request } from 'undici';
import { SendTrouble } from './send-trouble.ts';

export interface Post {
  /** The service's name, for people. */
  readonly service: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, a form, or anything else as JSON. */
  readonly body: string | URLSearchParams | object;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body, where it is a JSON object; empty otherwise. */
  readonly json: Readonly<Record<string, unknown>>;
}

export type PostTo = (post: Post) => Promise<Reply>;

const longestReply = 64 * 1024;

const troubles: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens at its address.',
  ENOTFOUND: 'its name is not known.',
  EAI_AGAIN: 'its name could not be looked up.',
  ECONNRESET: 'it broke the connection off.',
  UND_ERR_SOCKET: 'it broke the connection off.',
};

function troubleOf(service: string, error: unknown, timeoutMs: number): SendTrouble {
  if (error instanceof AddressRefusedError)
    return new SendTrouble('GIVE_UP', `${service}: the address is not one of the public internet.`);
  const { name, code = '' } = error as Error & { code?: string };
  const isLate = name === 'TimeoutError' || name === 'AbortError' || code.endsWith('_TIMEOUT');
  const why = isLate
    ? `it did not answer within ${timeoutMs} ms.`
    : (troubles[code] ?? `it could not be asked (${code}).`);
  return new SendTrouble('RETRY', `${service}: ${why}`, undefined, { cause: error });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

async function readShort(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.length;
    if (size > longestReply) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

function encoded({ body, headers = {} }: Post): { headers: Record<string, string>; body: string } {
  if (typeof body === 'string') return { headers: { 'content-type': 'application/json', ...headers }, body };
  if (body instanceof URLSearchParams) {
    return { headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body: body.toString() };
  }
  return { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** Posts to a service once, and follows nowhere. What is no answer at all is a trouble that may pass. */
export const createPost =
  (timeoutMs: number, dispatcher?: Dispatcher): PostTo =>
  async (post) => {
    try {
      const answer = await request(post.url, {
        method: 'POST',
        ...encoded(post),
        signal: AbortSignal.timeout(timeoutMs),
        ...(dispatcher ? { dispatcher } : {}),
      });
      const text = await readShort(answer.body as AsyncIterable<Buffer>);
      const json = parsed(text);
      const isObject = typeof json === 'object' && json !== null;
      return { status: answer.statusCode, headers: answer.headers, json: isObject ? { ...json } : {} };
    } catch (error) {
      throw troubleOf(post.service, error, timeoutMs);
    }
  };

/** Retry-After, in seconds or as a date (RFC 9110, 10.2.3). */
export function retryAfterOf({ headers }: Pick<Reply, 'headers'>): number | undefined {
  const given = headers['retry-after'];
  const text = Array.isArray(given) ? given[0] : given;
  if (!text) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

export const isOk = ({ status }: Reply): boolean => status >= 200 && status < 300;

/** What an answer means that the service's own sender knows nothing better of. */
export function refusalOf(service: string, reply: Reply, words?: unknown): SendTrouble {
  const said = typeof words === 'string' && words !== '' ? `: ${words.slice(0, 200)}` : '.';
  const message = `${service} answered ${reply.status}${said}`;
  const mayPass = reply.status >= 500 || [408, 425, 429].includes(reply.status);
  return mayPass ? new SendTrouble('RETRY', message, retryAfterOf(reply)) : new SendTrouble('GIVE_UP', message);
}

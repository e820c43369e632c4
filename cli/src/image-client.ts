import { setTimeout as sleep } from 'node:timers/promises';
import { RefusedError, UnreachableError } from './graph-client.ts';

export interface ImageClientOptions {
  /** Of the graph: pictures are sent beside it. */
  graphUrl: string;
  credential: string | undefined;
  attempts?: number;
  onRetry?: (reason: string, waitMilliseconds: number) => void;
}

/** What became of a picture; `refused` says why. */
export type Sent = { outcome: 'sent' | 'known' } | { outcome: 'refused'; reason: string };

const passingStatus = new Set([429, 500, 502, 503, 504]);
const timeoutMilliseconds = 60_000;

const longestWait = 10_000;
const waitBefore = (attempt: number) => Math.min(longestWait, 250 * 2 ** attempt) * (0.5 + Math.random() / 2);

/** How long the server asks to wait, as where a limit is spent: at most a minute. */
function waitAsked(answer: Response | string): number | undefined {
  const seconds = answer instanceof Response ? Number(answer.headers.get('retry-after')) : 0;
  return seconds > 0 ? Math.min(seconds, 60) * 1000 : undefined;
}

/** The server's door for pictures. */
export class ImageClient {
  constructor(private readonly options: ImageClientOptions) {}

  /** Sends a picture unless the server has it: it is asked first, since most pictures are those of the last sync. */
  async send(sha256: string, read: () => Promise<Buffer>): Promise<Sent> {
    const asked = await this.#request('HEAD', sha256);
    if (asked.status === 200) return { outcome: 'known' };
    this.#refuseStranger(asked.status, '');
    const answer = await this.#request('POST', sha256, await read());
    if (answer.status === 201) return { outcome: 'sent' };
    if (answer.status === 200) return { outcome: 'known' };
    const reason = await messageOf(answer);
    this.#refuseStranger(answer.status, reason);
    return { outcome: 'refused', reason };
  }

  #refuseStranger(status: number, message: string): void {
    if (status !== 401 && status !== 403) return;
    const code = status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    throw new RefusedError(
      code,
      `the server takes no pictures from this key (it needs the scope sync:write). ${message}`,
    );
  }

  async #request(method: 'HEAD' | 'POST', sha256: string, body?: Buffer): Promise<Response> {
    const { graphUrl, attempts = 4, onRetry } = this.options;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(new URL(`api/v1/integrations/images/${sha256}`, graphUrl), method, body);
      const reason = answer instanceof Response ? `HTTP ${answer.status}` : answer;
      if (answer instanceof Response && !passingStatus.has(answer.status)) return answer;
      if (attempt >= attempts) throw new UnreachableError(`pictures cannot be sent to ${graphUrl} (${reason})`);
      const wait = waitAsked(answer) ?? waitBefore(attempt);
      onRetry?.(reason, wait);
      await sleep(wait);
    }
  }

  /** The answer, or why there is none. */
  async #once(url: URL, method: string, body: Buffer | undefined): Promise<Response | string> {
    const { credential } = this.options;
    const headers: Record<string, string> = body ? { 'content-type': 'application/octet-stream' } : {};
    if (credential) headers.authorization = `Bearer ${credential}`;
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    try {
      return await fetch(url, { method, headers, signal, ...(body ? { body: new Uint8Array(body) } : {}) });
    } catch (error) {
      const { name, cause } = error as { name?: string; cause?: { code?: string } };
      return cause?.code ?? name ?? String(error);
    }
  }
}

async function messageOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return String((JSON.parse(text) as { message?: unknown }).message ?? `HTTP ${response.status}`);
  } catch {
    return `HTTP ${response.status}`;
  }
}

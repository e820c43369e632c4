import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from './cli-error.ts';
import { ExitCode } from './exit-code.ts';

/** The server does not answer, or answers that it cannot at the moment. */
export class UnreachableError extends CliError {
  override readonly code = 'UNREACHABLE';

  constructor(message: string) {
    super(message, ExitCode.serverUnreachable);
  }
}

/** The server understood and refused; `reason` is its error code. */
export class RefusedError extends CliError {
  override readonly code = 'REFUSED';

  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

interface GraphError {
  message: string;
  extensions?: { code?: string; status?: number };
}

interface Answer<Data> {
  data?: Data | null;
  errors?: GraphError[];
}

/** Worth trying again: nothing is wrong with the request. */
class PassingError extends Error {
  readonly code = 'PASSING';

  constructor(
    message: string,
    readonly waitMilliseconds: number | undefined = undefined,
    readonly mostAttempts = Infinity,
  ) {
    super(message);
  }
}

export interface GraphClientOptions {
  url: string;
  credential: string | undefined;
  /** How often one request is tried before it fails. */
  attempts?: number;
  /** Called before each repetition. */
  onRetry?: (reason: string, waitMilliseconds: number) => void;
  timeoutMilliseconds?: number;
}

const passingStatus = new Set([429, 502, 503, 504]);
const passingCodes = new Set(['SERVICE_UNAVAILABLE', 'TOO_MANY_REQUESTS', 'RATE_LIMITED', 'SUBGRAPH_UNAVAILABLE']);

function advice(reason: string, message: string): string {
  if (reason === 'UNAUTHENTICATED') return `${message} (A server with another DATA_DIR knows other keys and tokens.)`;
  if (reason === 'FORBIDDEN')
    return `the key or token may not do this (a sync needs the scope sync:write, offers need offers:write): ${message}`;
  return message;
}

function networkReason(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return 'no answer in time';
  return cause?.code ?? cause?.message ?? String(error);
}

/** A client of the graph as any scraper is one. Requests are repeated on network errors and on 429, 502, 503 and 504. */
export class GraphClient {
  constructor(private readonly options: GraphClientOptions) {}

  get url(): string {
    return this.options.url;
  }

  async request<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const body = JSON.stringify({ query, variables });
    const { attempts = 4, onRetry } = this.options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once<Data>(body);
      } catch (error) {
        if (!(error instanceof PassingError)) throw error;
        if (attempt >= Math.min(attempts, error.mostAttempts)) throw this.#giveUp(error);
        // Doubling from a quarter of a second, with jitter so that several clients do not come back at once.
        const wait = error.waitMilliseconds ?? Math.min(250 * 2 ** (attempt - 1), 15_000) * (0.75 + Math.random() / 2);
        onRetry?.(error.message, wait);
        await sleep(wait);
      }
    }
  }

  #giveUp(error: PassingError): CliError {
    return new UnreachableError(
      `${this.options.url} does not answer (${error.message}): start the server with \`pnpm start\`, or give its address by --url`,
    );
  }

  async #once<Data>(body: string): Promise<Data> {
    const { url, credential, timeoutMilliseconds = 120_000 } = this.options;
    const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json' };
    if (credential) headers.authorization = `Bearer ${credential}`;
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMilliseconds) });
      text = await response.text();
    } catch (error) {
      throw new PassingError(networkReason(error));
    }
    if (passingStatus.has(response.status)) {
      const seconds = Number(response.headers.get('retry-after'));
      throw new PassingError(`HTTP ${response.status}`, seconds > 0 ? Math.min(seconds, 60) * 1000 : undefined);
    }
    return this.#read<Data>(response.status, text);
  }

  #read<Data>(status: number, text: string): Data {
    let answer: Answer<Data>;
    try {
      answer = JSON.parse(text) as Answer<Data>;
    } catch {
      throw new RefusedError(
        'NOT_A_GRAPH',
        `${this.options.url} answered HTTP ${status} and no JSON: is it the graph's address?`,
      );
    }
    const [error] = answer.errors ?? [];
    if (error) {
      const code = error.extensions?.code ?? 'UNKNOWN';
      if (passingCodes.has(code) || passingStatus.has(error.extensions?.status ?? 0))
        throw new PassingError(`${code}: ${error.message}`);
      // A deadlock or a restart of the database may be behind it; our requests can be repeated without harm.
      if (code === 'INTERNAL_SERVER_ERROR') throw new PassingError(error.message, undefined, 3);
      throw new RefusedError(code, advice(code, error.message));
    }
    if (!answer.data) {
      const said = (answer as { message?: string }).message;
      throw new RefusedError(
        'NO_DATA',
        `${this.options.url} answered HTTP ${status}${said ? `: ${said}` : ' without data'}`,
      );
    }
    return answer.data;
  }
}

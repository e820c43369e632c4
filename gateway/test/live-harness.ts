import { type Client, createClient, type ExecutionResult } from 'graphql-sse';

/** What a client of a live query hears, one after another. */
export interface Watching {
  /** The next result, waited for. Rejects when the operation ended with an error, or is complete. */
  next(): Promise<ExecutionResult>;
  /** Fulfilled when the server says that it is complete; rejected when the connection was lost for good. */
  readonly ended: Promise<void>;
  /** Results that nobody asked for yet. */
  readonly unheard: readonly ExecutionResult[];
  stop(): void;
}

/** The client that the protocol’s makers publish, as a shop’s page would use it. */
export class LiveClient {
  readonly #client: Client<boolean>;
  /** How often it connected. */
  connections = 0;

  constructor(
    url: string,
    options: { token?: string | (() => string); singleConnection?: boolean; retryAttempts?: number } = {},
  ) {
    const { token, singleConnection = false, retryAttempts = 0 } = options;
    this.#client = createClient({
      url,
      singleConnection,
      retryAttempts,
      retry: () => Promise.resolve(),
      headers: () => {
        const shown = typeof token === 'function' ? token() : token;
        return shown === undefined ? {} : { authorization: `Bearer ${shown}` };
      },
      on: {
        connected: () => {
          this.connections += 1;
        },
      },
    } as Parameters<typeof createClient<boolean>>[0]);
  }

  watch(query: string, variables: Record<string, unknown> = {}): Watching {
    const unheard: ExecutionResult[] = [];
    const end = Promise.withResolvers<void>();
    // Who does not ask how it ended need not know.
    end.promise.catch(() => undefined);
    let wake: () => void = () => undefined;
    const stop = this.#client.subscribe(
      { query, variables },
      {
        next: (result) => {
          unheard.push(result as ExecutionResult);
          wake();
        },
        error: (error) => end.reject(error),
        complete: () => end.resolve(),
      },
    );
    return {
      unheard,
      ended: end.promise,
      stop,
      async next() {
        while (unheard.length === 0) {
          const came = new Promise<void>((resolve) => {
            wake = resolve;
          });
          const over = end.promise.then(() => {
            if (unheard.length === 0) throw new Error('the operation is complete');
          });
          await Promise.race([came, over]);
        }
        return unheard.shift() as ExecutionResult;
      },
    };
  }

  close(): void {
    this.#client.dispose();
  }
}

export interface RawEvent {
  readonly event: string;
  readonly id: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the event looks like
  readonly data: any;
}

/** A stream as it comes over the wire. */
export interface RawStream {
  readonly status: number;
  readonly headers: Headers;
  /** The next event, waited for; undefined when the stream has ended. */
  next(): Promise<RawEvent | undefined>;
  /** Waits for so many heartbeats. */
  heartbeats(count: number): Promise<void>;
  close(): void;
}

function readEvent(block: string): RawEvent | undefined {
  const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line] as const));
  const field = (name: string) => fields.get(name)?.slice(name.length + 2);
  const event = field('event');
  if (event === undefined) return undefined;
  return { event, id: field('id'), data: JSON.parse(field('data') || 'null') };
}

export async function openStream(
  url: string,
  operation: object,
  headers: Record<string, string> = {},
): Promise<RawStream> {
  const leave = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(operation),
    signal: leave.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const block = async (): Promise<string | undefined> => {
    while (!text.includes('\n\n')) {
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
      if (done) return undefined;
      text += value;
    }
    const end = text.indexOf('\n\n');
    const taken = text.slice(0, end);
    text = text.slice(end + 2);
    return taken;
  };
  return {
    status: response.status,
    headers: response.headers,
    async next() {
      for (let taken = await block(); taken !== undefined; taken = await block()) {
        const event = readEvent(taken);
        if (event) return event;
      }
      return undefined;
    },
    async heartbeats(count) {
      for (let heard = 0; heard < count; ) if ((await block()) === ':') heard += 1;
    },
    close: () => leave.abort(),
  };
}

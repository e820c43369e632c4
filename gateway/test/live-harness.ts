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

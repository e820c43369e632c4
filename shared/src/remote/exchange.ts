import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

export interface HttpCall {
  readonly path: string;
  readonly method: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body?: string | Buffer | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<IncomingHttpHeaders>;
  readonly body: Buffer;
}

/** A call that came to no whole answer. */
export class NoAnswer extends Error {
  /** Whether some of an answer came: then the other side has done the work. */
  readonly begun: boolean;
  readonly code: string;

  constructor(cause: Error & { code?: string }, begun: boolean) {
    super(cause.message || cause.name, { cause });
    this.name = cause.name;
    this.code = cause.code ?? '';
    this.begun = begun;
  }
}

/** Gathers one answer as its bytes come, without the stream between that `request()` of undici makes of it. */
class Gathering implements Dispatcher.DispatchHandler {
  readonly #answered: (answer: HttpAnswer) => void;
  readonly #failed: (reason: unknown) => void;
  readonly #signal: AbortSignal;
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #headers: IncomingHttpHeaders = {};
  #status = 0;
  #size = 0;

  constructor(
    answered: (answer: HttpAnswer) => void,
    failed: (reason: unknown) => void,
    signal: AbortSignal,
    limit: number,
  ) {
    this.#answered = answered;
    this.#failed = failed;
    this.#signal = signal;
    this.#limit = limit;
    signal.addEventListener('abort', this.#leave);
  }

  /** HTTP/1.1 has no way to say that nobody waits but to close the connection. */
  readonly #leave = (): void => {
    this.#end();
    this.#failed(this.#signal.reason);
    this.#controller?.abort(this.#signal.reason);
  };

  #end(): void {
    this.#signal.removeEventListener('abort', this.#leave);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection longer than somebody waited for it.
    if (this.#signal.aborted) controller.abort(this.#signal.reason);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#limit) controller.abort(new Error(`the answer is larger than ${this.#limit} bytes`));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#end();
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks, this.#size);
    this.#answered({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end();
    this.#failed(new NoAnswer(error, this.#status > 0));
  }
}

/**
 * Makes one HTTP call and gathers its answer.
 * @param signal ends it, and frees its connection.
 * @param limit bytes that an answer may have.
 * @throws NoAnswer, or the signal's reason.
 */
export function exchange(
  dispatcher: Dispatcher,
  call: HttpCall,
  signal: AbortSignal,
  limit: number,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const { path, method, headers, body } = call;
    const options = { path, method: method as 'POST', headers, ...(body?.length ? { body } : {}) };
    dispatcher.dispatch(options, new Gathering(resolve, reject, signal, limit));
  });
}

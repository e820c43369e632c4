import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './program.ts';

/** Speaks with the inspector of a Node process. */
export class Inspector {
  readonly #socket: WebSocket;
  readonly #asked = new Map<number, (result: unknown) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const { id, result, error } = JSON.parse(String(data));
      if (error) throw new Error(`the inspector says: ${error.message}`);
      this.#asked.get(id)?.(result);
      this.#asked.delete(id);
    });
  }

  /** Has the process, started with that `--inspect-port`, open its inspector. */
  static async open(pid: number, port: number): Promise<Inspector> {
    process.kill(pid, 'SIGUSR1');
    const ready = `http://127.0.0.1:${port}/json/list`;
    while (!(await answers(ready))) await sleep(100);
    const response = await fetch(ready);
    const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[];
    const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
    await once(socket, 'open');
    return new Inspector(socket);
  }

  ask<Result>(method: string, params: object = {}): Promise<Result> {
    this.#last += 1;
    const id = this.#last;
    const answered = new Promise<unknown>((resolve) => this.#asked.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    return answered as Promise<Result>;
  }

  close(): void {
    this.#socket.close();
  }
}

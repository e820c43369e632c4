import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EventStream } from './event-stream.ts';

const bounds = { heartbeatMs: 1_000, slowReaderMs: 5_000, lifeMs: 60_000 };

/** A connection that takes one piece at a time, when it is told to. */
class Connection extends Writable {
  heard = '';
  #taken: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: 1 });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.heard += chunk.toString();
    this.#taken = done;
  }

  /** The reader has read what came. */
  async read(): Promise<void> {
    const taken = this.#taken;
    this.#taken = undefined;
    taken?.();
    await settle();
  }

  /** Reads until nothing more comes. */
  async readAll(): Promise<string> {
    while (this.#taken) await this.read();
    return this.heard;
  }
}

/** Streams go on in turns of their own. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => process.nextTick(resolve));
};

describe('a stream of events', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const open = async (heartbeatMs = bounds.heartbeatMs) => {
    const stream = new EventStream({ ...bounds, heartbeatMs });
    const connection = new Connection();
    stream.pipe(connection);
    await settle();
    return { stream, connection };
  };

  it('begins with a byte, and fills silence', async () => {
    const { connection } = await open();
    expect(connection.heard).toBe(':\n\n');
    await connection.readAll();

    jest.advanceTimersByTime(1_000);
    await settle();

    expect(await connection.readAll()).toBe(':\n\n:\n\n');
  });

  it('gives who reads slowly the latest of each operation, and none of those between', async () => {
    const { stream, connection } = await open();
    for (let number = 0; number < 10_000; number += 1) {
      stream.next('a', `{"number":${number}}`, `a${number}`);
      stream.next('b', `{"number":${-number}}`);
    }
    stream.complete('b');

    const events = (await connection.readAll()).split('\n\n').filter((event) => event.startsWith('event'));

    expect(events).toEqual(
      expect.arrayContaining([
        'event: next\nid: a9999\ndata: {"id":"a","payload":{"number":9999}}',
        'event: next\ndata: {"id":"b","payload":{"number":-9999}}',
        'event: complete\ndata: {"id":"b"}',
      ]),
    );
    expect(events.length).toBeLessThan(6);
  });

  it('is ended for who leaves lie what was sent', async () => {
    const { stream, connection } = await open();
    for (let number = 0; number < 3; number += 1) stream.next('', '{}');
    jest.advanceTimersByTime(4_000);
    await connection.readAll();
    for (let number = 0; number < 3; number += 1) stream.next('', '{}');
    jest.advanceTimersByTime(4_900);
    expect(stream.destroyed).toBe(false);

    jest.advanceTimersByTime(100);

    expect(stream.destroyed).toBe(true);
  });

  it('is ended after its time, or by the server, when what waits has gone out', async () => {
    const [old, stopped] = [await open(100_000), await open()];
    for (const { stream } of [old, stopped]) stream.next('', '{"last":true}');
    stopped.stream.finish();
    stopped.stream.next('', '{"late":true}');
    expect(await stopped.connection.readAll()).toBe(':\n\nevent: next\ndata: {"last":true}\n\n');
    expect([stopped.connection.writableEnded, old.connection.writableEnded]).toEqual([true, false]);

    await old.connection.readAll();
    jest.advanceTimersByTime(60_000);
    await settle();

    expect(old.connection.writableEnded).toBe(true);
  });

  it('does not wait at its end for who does not read', async () => {
    const { stream } = await open();
    stream.next('', '{}');
    stream.next('', '{}');
    stream.finish();

    jest.advanceTimersByTime(5_000);

    expect(stream.destroyed).toBe(true);
  });
});

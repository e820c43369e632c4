import { PassThrough } from 'node:stream';
import { DomainError } from '@gastronom/shared/domain-error';
import { createLogger } from '@gastronom/shared/logger';
import type { Viewer } from '@gastronom/shared/viewer';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SignJWT } from 'jose';
import { errorExtensions } from '../graphql/format-error.ts';
import type { Identify } from '../identity/identity.ts';
import { EventStream } from './event-stream.ts';
import { LiveQuery, type Result } from './live-query.ts';
import { Watcher } from './watcher.ts';

const olga: Viewer = { kind: 'user', userId: 'olga', role: 'CUSTOMER' };
const admitted = { text: 'subscription { number }', operationName: undefined, variables: {}, topics: [] };
const lookMs = 30_000;
const minute = 60_000;

/** Promises go on between the timers. */
const turn = async () => {
  for (let times = 0; times < 50; times += 1) await new Promise((resolve) => process.nextTick(resolve));
};
const after = async (milliseconds: number) => {
  await jest.advanceTimersByTimeAsync(milliseconds);
  await turn();
};

describe('a live query', () => {
  let runs: (Watcher | undefined)[];
  let answer: () => Result;
  let identify: Identify;
  let number: number;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    runs = [];
    number = 1;
    answer = () => ({ data: { number } });
    identify = async () => olga;
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const failing = (code: 'RATE_LIMITED' | 'SUBGRAPH_UNAVAILABLE' | 'FORBIDDEN', details?: object): Result => ({
    errors: [{ message: 'no', extensions: { ...errorExtensions(code, 'test'), ...(details ? { details } : {}) } }],
  });

  const live = () =>
    new LiveQuery({
      admitted,
      viewer: olga,
      lookMs,
      run: async (payer) => {
        runs.push(payer);
        return answer();
      },
    });

  /** Somebody who watches, and what they have heard. */
  function watching(query: LiveQuery, authorization?: string) {
    const stream = new EventStream({ heartbeatMs: 1e9, slowReaderMs: 1e9, lifeMs: 1e9 });
    const out = new PassThrough();
    let text = '';
    out.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    stream.pipe(out);
    const watcher: Watcher = new Watcher({
      stream,
      operation: '',
      viewer: olga,
      client: { ip: '192.0.2.1' },
      authorization,
      requestId: 'test',
      logger: createLogger('test', 'silent'),
      limits: null,
      identify: (given, from) => identify(given, from),
      lastEventId: undefined,
      onGone: () => query.remove(watcher),
    });
    query.add(watcher);
    return {
      watcher,
      stream,
      heard: () => [...text.matchAll(/data: (\{.*)/g)].map(([, data = '']) => JSON.parse(data)),
    };
  }

  it('looks once for many who tell, and once more for who tells meanwhile', async () => {
    const query = live();
    const { heard } = watching(query);
    await after(0);
    for (let told = 0; told < 100; told += 1) query.look(250);
    number = 2;
    await after(250);

    expect([runs.length, heard()]).toEqual([2, [{ data: { number: 1 } }, { data: { number: 2 } }]]);
  });

  it('looks again by itself, and is silent where nothing is other', async () => {
    const { heard } = watching(live());
    await after(2 * lookMs);

    expect(runs.length).toBeGreaterThanOrEqual(2);
    expect(heard()).toEqual([{ data: { number: 1 } }]);
  });

  it('answers all who come at once by one look that each of them paid for', async () => {
    const query = live();
    const all = Array.from({ length: 100 }, () => watching(query));
    await after(0);

    expect([runs, all.every(({ heard }) => heard().length === 1)]).toEqual([[undefined], true]);
  });

  it('is paid for in turn, and waits where nobody has points left', async () => {
    const query = live();
    const [one, other] = [watching(query), watching(query)];
    await after(0);
    number = 2;
    answer = () =>
      runs.at(-1) === one.watcher ? failing('RATE_LIMITED', { retryAfterSeconds: 20 }) : { data: { number } };
    query.look(0);
    await after(10);
    expect(runs.slice(1)).toEqual([one.watcher, other.watcher]);
    expect(one.heard()).toEqual([{ data: { number: 1 } }, { data: { number: 2 } }]);

    answer = () => failing('RATE_LIMITED', { retryAfterSeconds: 20 });
    query.look(0);
    await after(10);
    const spent = runs.length;
    answer = () => ({ data: { number: 3 } });
    query.look(0);
    await after(10_000);
    expect(runs.length).toBe(spent);
    await after(10_000);

    expect(one.heard().at(-1)).toEqual({ data: { number: 3 } });
  });

  it('says nothing of trouble that passes to who has an answer, and looks again soon', async () => {
    const query = live();
    const { heard } = watching(query);
    await after(0);
    answer = () => failing('SUBGRAPH_UNAVAILABLE');
    query.look(0);
    await after(0);
    const late = watching(query);
    await after(0);
    answer = () => ({ data: { number: 2 } });
    await after(5_000);

    expect(heard()).toEqual([{ data: { number: 1 } }, { data: { number: 2 } }]);
    expect(late.heard()).toEqual(
      [failing('SUBGRAPH_UNAVAILABLE'), { data: { number: 2 } }].map((one) =>
        expect.objectContaining('data' in one ? one : { errors: expect.anything() }),
      ),
    );
  });

  it('is over where it is refused as a whole', async () => {
    answer = () => failing('FORBIDDEN');
    const query = live();
    const { heard, stream } = watching(query);
    await after(minute);

    expect([heard().length, runs.length, query.watchers.size, stream.readableEnded]).toEqual([1, 1, 0, true]);
  });

  it('tells nothing while nobody can say who watches', async () => {
    const query = live();
    const { heard } = watching(query);
    await after(0);
    identify = () => Promise.reject(new DomainError('IDENTITY_UNAVAILABLE', 'away'));
    number = 2;
    query.look(0);
    await after(0);
    expect(runs.length).toBe(1);

    identify = async () => olga;
    await after(5_000);

    expect(heard()).toEqual([{ data: { number: 1 } }, { data: { number: 2 } }]);
  });

  it('ends the stream of a token that has expired, for its client to come with another', async () => {
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('user_olga')
      .setExpirationTime(Math.floor(Date.now() / 1000) + 60)
      .sign(Buffer.alloc(32));
    const { stream, heard } = watching(live(), `Bearer ${token}`);
    await after(minute);
    expect(stream.readableEnded).toBe(false);

    // Clocks may be apart.
    await after(5_000);

    expect([stream.readableEnded, heard().length]).toEqual([true, 1]);
  });
});

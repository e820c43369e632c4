import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ReadTimes } from './read-times.ts';
import { Turns } from './turns.ts';

/** Work that a test ends, and who has begun. */
function bench(options = { aboveMs: 30, longestMs: 5_000 }) {
  const times = new ReadTimes();
  const turns = new Turns(times, options);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string, signal?: AbortSignal) =>
    turns.run(() => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    }, signal);
  const end = async (name: string) => {
    ends.get(name)?.();
    await jest.advanceTimersByTimeAsync(0);
  };
  return { times, start, end, begun };
}

const tellReads = (times: ReadTimes, milliseconds: number, count = 50): void => {
  for (let read = 0; read < count; read += 1) times.took(milliseconds);
};

describe('bulk work', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('runs all at once where nobody reads', () => {
    const { start, begun } = bench();

    for (const name of ['a', 'b', 'c']) void start(name);

    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('runs one at a time beside reads that are swift, in its order', async () => {
    const { times, start, end, begun } = bench();
    tellReads(times, 5);

    const all = Promise.all(['a', 'b', 'c'].map((name) => start(name)));
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    await end('c');

    expect(await all).toEqual(['a', 'b', 'c']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('waits while reads are slow, and goes on once they are swift', async () => {
    const { times, start, begun } = bench();
    tellReads(times, 200);

    void start('a');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(begun).toEqual([]);
    tellReads(times, 5, 1_000);
    await jest.advanceTimersByTimeAsync(100);

    expect(begun).toEqual(['a']);
  });

  it('goes on once those who waited have left', async () => {
    const { times, start, begun } = bench();
    tellReads(times, 200, 3);

    void start('a');
    await jest.advanceTimersByTimeAsync(2_000);

    expect(begun).toEqual(['a']);
  });

  it('never waits longer than it may, whatever reads take', async () => {
    const { times, start, end, begun } = bench();
    const slow = setInterval(() => tellReads(times, 500), 100);
    tellReads(times, 500);

    void start('a');
    await jest.advanceTimersByTimeAsync(2_000);
    void start('b');
    await jest.advanceTimersByTimeAsync(2_900);
    expect(begun).toEqual([]);
    await jest.advanceTimersByTimeAsync(200);
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a']);
    await jest.advanceTimersByTimeAsync(2_000);

    expect(begun).toEqual(['a', 'b']);
    clearInterval(slow);
  });

  it('goes beside another that does not end only once it has waited twice as long', async () => {
    const { times, start, begun } = bench();
    const swift = setInterval(() => tellReads(times, 5), 100);
    tellReads(times, 5);

    void start('endless');
    void start('next');
    await jest.advanceTimersByTimeAsync(9_900);
    expect(begun).toEqual(['endless']);
    await jest.advanceTimersByTimeAsync(200);

    expect(begun).toEqual(['endless', 'next']);
    clearInterval(swift);
  });

  it('lets the next go when it fails', async () => {
    const { times, start, begun } = bench();
    const turns = new Turns(times, { aboveMs: 30, longestMs: 5_000 });
    tellReads(times, 5);

    await expect(turns.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    void start('a');

    expect(begun).toEqual(['a']);
  });

  it('waits no longer when its time is over or its client has left', async () => {
    const { times, start, end, begun } = bench();
    const [early, late] = [new AbortController(), new AbortController()];
    tellReads(times, 500);

    early.abort();
    void start('was over', early.signal);
    void start('ends', late.signal);
    void start('waits');
    late.abort();
    await end('was over');

    expect(begun).toEqual(['was over', 'ends']);
  });
});

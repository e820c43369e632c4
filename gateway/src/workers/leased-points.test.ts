import { describe, expect, it } from '@jest/globals';
import { LeasedPoints } from './leased-points.ts';
import { PointsBank } from './points-bank.ts';

/** So many workers that ask one bank, as over a channel: later. */
function workersOf(count: number, allowance: number) {
  const bank = new PointsBank(count);
  let questions = 0;
  const shape = { policy: 'ip', allowance, seconds: 60 };
  const workers = Array.from(
    { length: count },
    () =>
      new LeasedPoints(shape, async (ask) => {
        questions += 1;
        return bank.take(ask);
      }),
  );
  return { workers, questions: () => questions };
}

/** Spends one by one; @returns how many were let through. */
async function spend(worker: LeasedPoints | undefined, key: string, times: number, points = 1): Promise<number> {
  let passed = 0;
  for (let i = 0; i < times; i += 1)
    await worker?.consume(key, points).then(
      () => {
        passed += 1;
      },
      () => undefined,
    );
  return passed;
}

describe('points that workers lease', () => {
  it('are the allowance together, whoever is asked', async () => {
    const { workers } = workersOf(3, 100);

    const passed = await Promise.all(workers.map((worker) => spend(worker, 'a', 100)));

    expect(passed.reduce((sum, each) => sum + each, 0)).toBe(100);
    expect(await spend(workers[0], 'b', 1)).toBe(1);
  });

  it('are never more, where many come at once', async () => {
    const { workers } = workersOf(2, 50);

    const all = workers.flatMap((worker) => Array.from({ length: 60 }, () => spend(worker, 'a', 1)));

    expect((await Promise.all(all)).reduce((sum, each) => sum + each, 0)).toBe(50);
  });

  it('cost a question for few of the requests', async () => {
    const { workers, questions } = workersOf(2, 6_000);

    expect(await spend(workers[0], 'a', 6_000)).toBe(6_000);

    expect(questions()).toBeLessThan(6_000 * 0.05);
  });

  it('are nearly all there for who stays with one worker after a word with the other', async () => {
    const { workers } = workersOf(2, 1_000);
    await spend(workers[1], 'a', 1);

    expect(await spend(workers[0], 'a', 1_000)).toBeGreaterThan(940);
  });

  it('are all spent by who wants more than there are', async () => {
    const { workers } = workersOf(2, 100);
    await spend(workers[0], 'a', 60);

    expect(await spend(workers[1], 'a', 1, 90)).toBe(0);
    expect(await spend(workers[1], 'a', 1)).toBe(0);
    await expect(workers[1]?.consume('a', 1)).rejects.toMatchObject({ remainingPoints: 0 });
  });
});

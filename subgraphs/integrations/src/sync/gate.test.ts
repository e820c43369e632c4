import { describe, expect, it } from '@jest/globals';
import { Gate } from './gate.ts';

describe('a gate', () => {
  it('lets so many through at a time, in their order', async () => {
    const gate = new Gate(2);
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const work = (n: number) => async () => {
      inside += 1;
      most = Math.max(most, inside);
      order.push(n);
      await new Promise((resolve) => setTimeout(resolve, 1));
      inside -= 1;
      return n;
    };

    const results = await Promise.all(Array.from({ length: 9 }, (_, n) => gate.run(work(n))));

    expect(results).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect([most, order]).toEqual([2, results]);
  });

  it('is left by work that fails', async () => {
    const gate = new Gate(1);

    await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(await gate.run(() => Promise.resolve('next'))).toBe('next');
  });
});

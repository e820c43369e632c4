import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createSeal, createSealOpener } from './sealed-call.ts';

const secret = 'a-secret-that-two-processes-share-and-nobody-else';
const call = { method: 'POST', url: '/graphql', body: '{"query":"{ ok }"}' };
const viewer = { kind: 'internal', name: 'test' } as const;
const start = Date.parse('2026-01-14T09:30:00.500Z');
const second = 1_000;

describe('a seal', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: start, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const seal = createSeal(secret);
  const sealed = (clock = Date.now()) => {
    const now = Date.now();
    jest.setSystemTime(clock);
    const token = seal('catalog', { viewer }, call);
    jest.setSystemTime(now);
    return token;
  };
  const opens = (open: ReturnType<typeof createSealOpener>, token: string) => {
    try {
      open(token)(call);
      return true;
    } catch {
      return false;
    }
  };

  it.each([-5, 0, 5])('is taken once, whenever it comes again, from a clock %i s apart', (apart) => {
    for (let first = 0; first < 80; first += 7) {
      jest.setSystemTime(start);
      const open = createSealOpener(secret, 'catalog');
      // Others come meanwhile, so that what was seen is forgotten in its time.
      jest.setSystemTime(start + first * second);
      const token = sealed(Date.now() + apart * second);

      expect(opens(open, token)).toBe(true);
      for (let later = 0; later < 120; later += 1) {
        jest.setSystemTime(start + (first + later) * second);
        expect(opens(open, sealed())).toBe(true);
        expect([first, later, opens(open, token)]).toEqual([first, later, false]);
      }
    }
  });

  it('is good for half a minute, by clocks that are five seconds apart at most', () => {
    const open = createSealOpener(secret, 'catalog');
    const made = (secondsAgo: number) => sealed(start - secondsAgo * second);

    expect([-4, 0, 29, 34].map((ago) => opens(open, made(ago)))).toEqual([true, true, true, true]);
    expect([-7, -3600, 37, 3600].map((ago) => opens(open, made(ago)))).toEqual([false, false, false, false]);
  });

  it('is not used up by a call that it does not belong to', () => {
    const open = createSealOpener(secret, 'catalog');
    const token = sealed();

    expect(() => open(token)({ ...call, body: '{"query":"{ other }"}' })).toThrow('belongs to another call');
    expect(opens(open, token)).toBe(true);
  });
});

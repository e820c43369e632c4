import { DomainError } from '@gastronom/shared/domain-error';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { untilAborted, within } from './deadline.ts';

const late = () => new DomainError('SUBGRAPH_TIMEOUT', 'It took too long.');
const silence = () => new Promise<never>(() => undefined);

describe('work within a time', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is answered, and leaves no timer and no listener behind', async () => {
    const whole = new AbortController();
    const remove = jest.spyOn(whole.signal, 'removeEventListener');

    expect(await within(1_000, late, whole.signal, async () => 'done')).toBe('done');
    await expect(within(1_000, late, whole.signal, () => Promise.reject(new Error('failed')))).rejects.toThrow(
      'failed',
    );

    expect(jest.getTimerCount()).toBe(0);
    expect(remove).toHaveBeenCalledTimes(2);
  });

  it('is left behind and told so when its time is over', async () => {
    let told: AbortSignal | undefined;
    const work = within(1_000, late, undefined, (signal) => {
      told = signal;
      return silence();
    });
    const ended = expect(work).rejects.toThrow('It took too long.');

    jest.advanceTimersByTime(999);
    expect(told?.aborted).toBe(false);
    jest.advanceTimersByTime(1);

    await ended;
    expect(told?.reason).toMatchObject({ code: 'SUBGRAPH_TIMEOUT' });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('ends with the whole that it is a part of, and does not begin after it', async () => {
    const whole = new AbortController();
    const work = within(1_000, late, whole.signal, silence);
    whole.abort(new DomainError('OPERATION_TIMEOUT', 'All took too long.'));

    await expect(work).rejects.toThrow('All took too long.');
    const begin = jest.fn(silence);
    await expect(within(1_000, late, whole.signal, begin)).rejects.toThrow('All took too long.');
    expect(begin).not.toHaveBeenCalled();
    await expect(untilAborted(silence(), whole.signal)).rejects.toThrow('All took too long.');
  });
});

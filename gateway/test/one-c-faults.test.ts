import type { Fault } from '@gastronom/one-c-stand-in/fault';
import { hurryRetries } from '@gastronom/shared/testing/hurry-retries';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ShopWithOneC, until } from './one-c-harness.ts';

/** Counts live shorter than a second, so that nearly every read asks for others. */
const hurried = {
  STOCK_FRESH_MINUTES: '0.01',
  STOCK_REFRESH_ANSWER_MINUTES: '0.02',
  STOCK_REFRESH_BACKOFF_MAX_MINUTES: '0.02',
  ONE_C_TIMEOUT_MS: '500',
};

describe('a 1C that', () => {
  let shop: ShopWithOneC;
  let quantity = 20;
  beforeAll(async () => {
    shop = await ShopWithOneC.open('one process', {}, hurried);
    await shop.stocked({ 'A-1': quantity }, 60);
  });
  afterAll(() => shop.stop());

  const seen = async () => Number((await shop.shelf())[0]?.split(' ')[1]);
  const shows = (wanted: number) => until(`the page shows ${wanted}`, async () => (await seen()) === wanted);
  const unread = async () => (await shop.deliveries()).filter(({ status }) => status === 'RECEIVED').length;
  const settled = () => until('all deliveries are done', async () => (await unread()) === 0);
  /** Reads until 1C was asked so many times more. */
  const askedAgain = async (times = 1) => {
    const wanted = shop.oneC.triggers.length + times;
    await until('1C is asked', async () => (await seen()) >= 0 && shop.oneC.triggers.length >= wanted);
    await shop.oneC.idle();
  };
  /** The count is another one, and 1C goes about it in its way. */
  const changeWith = async (fault: Fault, times?: number) => {
    shop.oneC.fault = fault;
    quantity += 1;
    shop.oneC.set('001', 'A-1', quantity);
    await askedAgain(times);
  };

  beforeEach(async () => {
    shop.oneC.fault = 'none';
    await shows(quantity);
    await shop.oneC.idle();
    await settled();
  });

  it('works is asked by a read, which gets the old number at once, and the next one the new', async () => {
    shop.oneC.set('001', 'A-1', ++quantity);
    await until('the counts are stale', async () => (await shop.shelf())[0] === `A-1 ${quantity - 1} stale`);

    await shows(quantity);
    await settled();

    expect((await shop.deliveries())[0]).toMatchObject({
      status: 'APPLIED',
      warehouse: '001',
      applied: 1,
      failure: null,
    });
    expect(await shop.freshness()).toMatchObject({ consecutiveFailures: 0, lastFailure: null, circuit: 'CLOSED' });
  });

  it('says everything twice is heard once', async () => {
    await changeWith('twice');
    shop.oneC.fault = 'none';
    await settled();

    const statuses = (await shop.deliveries()).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'DUPLICATE')).toHaveLength(1);
    expect(await seen()).toBe(quantity);
  });

  it('answers in the wrong order cannot bring the older number back', async () => {
    await changeWith('out-of-order');
    const heldBack = quantity;
    await changeWith('out-of-order');
    await settled();

    const [late, early] = await shop.deliveries();
    expect([early.status, late.status]).toEqual(['APPLIED', 'APPLIED']);
    expect(heldBack).toBe(quantity - 1);
    expect(await seen()).toBe(quantity);
  });

  it('cuts its JSON off is told so, what came is kept, and the number stays', async () => {
    const before = quantity;

    await changeWith('truncated');

    expect(shop.oneC.callbacks.at(-1)).toMatchObject({ status: 400, answer: expect.stringContaining('not complete') });
    expect((await shop.deliveries())[0]).toMatchObject({ status: 'FAILED', failure: { code: 'BAD_JSON' }, run: null });
    expect(await seen()).toBe(before);
  });

  it('has a wrong secret is nobody: nothing is kept of what it says', async () => {
    const before = [quantity, (await shop.deliveries())[0].id];

    await changeWith('wrong-secret');

    expect(shop.oneC.callbacks.at(-1)).toMatchObject({ status: 401 });
    expect([await seen(), (await shop.deliveries())[0].id]).toEqual(before);
  });

  it('says nothing is asked again after its time, and the page stays as it was', async () => {
    const before = quantity;

    await changeWith('silent', 2);

    expect(await seen()).toBe(before);
    expect(await shop.freshness()).toMatchObject({ consecutiveFailures: 1, isStale: true });
  });

  it('fails, then is gone, is tried some times, and the page stays as it was', async () => {
    const before = quantity;
    const { query } = shop.graph.database;
    await hurryRetries(query, changeWith('error', 2));
    shop.oneC.fault = 'down';

    const isTold = until('the failure is told', async () => {
      const told = await shop.freshness();
      return told.consecutiveFailures > 0 ? told : undefined;
    });
    const freshness = await hurryRetries(query, isTold);

    expect(freshness).toMatchObject({ lastFailure: expect.stringContaining('1C'), isStale: true });
    expect(await seen()).toBe(before);
  });
});

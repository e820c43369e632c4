import { defineEvent } from '@gastronom/shared/jobs/event';
import { defineJob } from '@gastronom/shared/jobs/job';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { cod, tea } from '../testing/fake-market.ts';
import { bistroId, Market, people } from '../testing/market.ts';

let market: Market;
beforeAll(async () => {
  market = await Market.open({ works: true });
});
afterAll(() => market.close());

const everyMinute = defineJob({ name: 'place-standing-orders', payload: z.object({}) });
const userDeleted = defineEvent({ type: 'UserDeleted', version: 1, data: z.object({}).loose() });
const organizationChanged = defineEvent({ type: 'OrganizationChanged', version: 1, data: z.object({}).loose() });

type Person = (typeof people)[keyof typeof people];

async function save(name: string, offerId: string, quantity: string, viewer: Person = people.anna): Promise<void> {
  const input = {
    ...{ name, cron: '30 9 * * MON,THU', timeZone: 'Europe/Stockholm' },
    lines: [{ offerId, quantity }],
  };
  const mutation =
    'mutation ($input: SaveStandingOrderInput!) { saveStandingOrder(input: $input) { userErrors { code } } }';
  expect((await market.ask(mutation, { input }, viewer)).saveStandingOrder.userErrors).toEqual([]);
}

const read = async (viewer: Person = people.ben) =>
  (await market.ask('{ standingOrders { name nextRun { at } runs { order { status } } } }', {}, viewer)).standingOrders;

async function until(isSo: (standing: Awaited<ReturnType<typeof read>>) => boolean, viewer?: Person): Promise<void> {
  while (!isSo(await read(viewer))) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('the jobs of standing orders', () => {
  it('place each that is due once, though one of them fails, and go on with the next time', async () => {
    await save('Fish', cod, '3');
    await save('Tea', tea, '2');
    market.now = Date.parse('2026-11-23T08:30:00Z');
    const { jobs, dataSource } = market.subgraph;
    market.inventory.before = () => Promise.reject(new Error('away'));

    for (let turn = 0; turn < 3; turn += 1) await jobs.send(dataSource.manager, everyMinute, {});
    await until((all) => all.every(({ runs }: { runs: unknown[] }) => runs.length > 0));

    expect((await read()).map(({ name, nextRun }: { name: string; nextRun: object }) => ({ name, nextRun }))).toEqual([
      { name: 'Tea', nextRun: { at: '2026-11-26T08:30:00.000Z' } },
      { name: 'Fish', nextRun: { at: '2026-11-26T08:30:00.000Z' } },
    ]);
    expect(await market.subgraph.ownerQuery('SELECT FROM orders.orders')).toHaveLength(2);
  });

  it('let those of a person rest who is no more, and nobody else’s', async () => {
    await save('Mine', tea, '1', people.carl);
    const { jobs, dataSource } = market.subgraph;

    await jobs.publish(dataSource.manager, userDeleted, { userId: people.carl.userId });

    await until((all) => all[0].nextRun === null, people.carl);
    expect((await read()).every(({ nextRun }: { nextRun: unknown }) => nextRun !== null)).toBe(true);
  });

  it('let those of a restaurant rest that is no more', async () => {
    const { jobs, dataSource } = market.subgraph;

    await jobs.publish(dataSource.manager, organizationChanged, {
      organizationId: bistroId,
      type: 'RESTAURANT',
      deleted: true,
    });

    await until((all) => all.every(({ nextRun }: { nextRun: unknown }) => nextRun === null));
  });
});

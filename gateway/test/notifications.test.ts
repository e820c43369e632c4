import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { subgraphUrl } from '@gastronom/shared/database/subgraph-database';
import { projectRoot } from '@gastronom/shared/env';
import { Jobs, jobsName } from '@gastronom/shared/jobs/job-queue';
import { createLogger } from '@gastronom/shared/logger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { modes, startTestGraph, type TestGraph } from './harness.ts';
import { until } from './one-c-harness.ts';

const settings = `mutation ($input: UpdateNotificationSettingsInput!) {
  updateNotificationSettings(input: $input) { settings { language } userErrors { code } } }`;
const inbox = '{ myNotifications { unreadCount nodes { kind title } } me { id } }';

/** Who hears what, as the page says: `OrderPlaced` and the jobs in the last column of its row. */
async function hearersOnThePage(): Promise<[string, string[]][]> {
  const page = await readFile(join(projectRoot, 'docs', 'EVENTS.md'), 'utf8');
  return [...page.matchAll(/^\| \[`(\w+)` \d+\].* \| (.+) \|$/gm)].map(([, event = '', heardBy = '']) => [
    event,
    [...heardBy.matchAll(/\(`([\w-]+)`\)/g)].map(([, job = '']) => job).toSorted(),
  ]);
}

describe.each(modes)('notifications, %s', (mode) => {
  let graph: TestGraph;
  let jobs: Jobs;

  beforeAll(async () => {
    // Only who has a 1C asks it.
    process.env.ONE_C_URL = 'http://127.0.0.1:9';
    graph = await startTestGraph(mode);
    const { ownerUrl, secret } = graph.database;
    const logger = createLogger('test', 'silent');
    jobs = await Jobs.start({ url: subgraphUrl(ownerUrl, secret, jobsName), logger, works: false });
  });
  afterAll(async () => {
    await jobs.stop();
    await graph.stop();
    delete process.env.ONE_C_URL;
  });

  it('and all else that hears an event is named on its page, and nothing waits for an event that there is not', async () => {
    const subscriptions = await graph.database.query<{ event: string; names: string[] }>(
      `SELECT event, array_agg(name::text ORDER BY name COLLATE "C") AS names FROM ${jobsName}.subscription GROUP BY event`,
    );

    expect(Object.fromEntries(await hearersOnThePage())).toEqual(
      Object.fromEntries(subscriptions.map(({ event, names }) => [event, names])),
    );
  });

  it('reach the inboxes of those whom an event concerns, as accounts knows them, in their languages', async () => {
    const { tokens } = graph;
    await graph.query(settings, { input: { language: 'RU' } }, tokens.customer);
    await graph.query(settings, { input: { language: 'SV' } }, tokens.staff);
    const { id } = (await graph.query(inbox, {}, tokens.customer)).data.me;
    const data = {
      orderId: 'o1',
      number: 'G-1',
      placedBy: id,
      buyer: { kind: 'USER', id },
      currency: 'RUB',
      total: '10.00',
      supplierOrders: [
        {
          id: 's1',
          number: 'G-1-1',
          supplier: { id: 'house', organizationId: null, isHouse: true },
          total: '10.00',
          deliverOn: null,
          lines: [{}],
        },
      ],
    };
    // Enqueued as by the subgraph that publishes it, past what only that one may say of it.
    const subscribers = await graph.database.query<{ name: string }>(
      `SELECT name FROM ${jobsName}.subscription WHERE event = 'OrderPlaced' AND name = 'notify-people'`,
    );
    const envelope = {
      id: '00000000-0000-4000-8000-0000000000e1',
      type: 'OrderPlaced',
      version: 1,
      occurredAt: new Date().toISOString(),
      data,
    };
    expect(subscribers).toHaveLength(1);
    const manager = { query: (sql: string, values: unknown[]) => graph.database.query(sql, values) };
    for (const { name } of subscribers)
      await jobs.send(manager as never, { name, payload: z.record(z.string(), z.unknown()) }, envelope);

    const told = (token: string) =>
      until('they are told', async () => {
        const { myNotifications } = (await graph.query(inbox, {}, token)).data;
        return myNotifications.nodes.length > 0 && myNotifications;
      });
    expect(await told(tokens.customer)).toEqual({
      unreadCount: 1,
      nodes: [{ kind: 'ORDER_PLACED', title: 'Заказ G-1 оформлен' }],
    });
    expect(await told(tokens.staff)).toMatchObject({
      nodes: [{ kind: 'ORDER_RECEIVED', title: 'Ny beställning G-1-1' }],
    });
    const { data: restaurants } = await graph.query(inbox, {}, tokens.restaurant);
    expect(restaurants.myNotifications.nodes).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { createLogger } from '@gastronom/shared/logger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shopPage } from '../testing/shop-page.ts';
import { people, Watchers } from '../testing/watchers.ts';
import { createForgetWatcher } from './forget-watcher.job.ts';

let watchers: Watchers;

beforeAll(async () => {
  watchers = await Watchers.open({ shops: { 'tea.test': { '*': shopPage() } } });
});
afterAll(() => watchers.close());

/** How many rows of a person's each table has that has any of anybody's. */
async function rowsOf(userId: string): Promise<Record<string, number>> {
  const tables = await watchers.subgraph.ownerQuery<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'price_tracking' AND column_name = 'owner_id'`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const sql = `SELECT count(*)::int AS count FROM price_tracking.${name} WHERE owner_id = $1`;
    const [row] = await watchers.subgraph.ownerQuery<{ count: number }>(sql, [userId]);
    if (row?.count) counts[name] = row.count;
  }
  return counts;
}

describe('a person who is deleted', () => {
  it('leaves nothing of what they watched, and others keep theirs', async () => {
    const add =
      'mutation ($input: QuickAddByUrlInput!) { quickAddByUrl(input: $input) { product { id } userErrors { code } } }';
    for (const who of ['anna', 'boris'] as const) {
      const input = { url: watchers.web.url('tea.test', '/1') };
      const { product } = (await watchers.ask(add, { input }, who)).quickAddByUrl;
      const tag = 'mutation ($id: ID!) { tagTrackedProduct(productId: $id, names: ["a"]) { userErrors { code } } }';
      await watchers.ask(tag, { id: product.id }, who);
    }
    for (let n = 0; n < 101; n += 1)
      await watchers.subgraph.ownerQuery(
        "INSERT INTO price_tracking.tracked_products (owner_id, name) VALUES ($1, 'x')",
        [people.anna.userId],
      );
    const kept = await rowsOf(people.boris.userId);
    expect(await rowsOf(people.anna.userId)).toEqual({ ...kept, tracked_products: 102 });
    expect(kept).toMatchObject({ stores: 1, store_domains: 2, tracked_products: 1, tracked_urls: 1, tags: 1 });

    const { dataSource, jobs, broadcast } = watchers.subgraph;
    const subgraphs = () => {
      throw new Error('nobody is asked');
    };
    const forget = createForgetWatcher({
      dataSource,
      jobs,
      broadcast,
      subgraphs,
      logger: createLogger('test', 'silent'),
    });
    const event = { id: randomUUID(), type: 'UserDeleted', version: 1, occurredAt: new Date().toISOString() };
    const payload = { ...event, data: { userId: people.anna.userId } };
    const job = { id: randomUUID(), payload, attempt: 1, isLastAttempt: true, signal: new AbortController().signal };
    await forget.run([job]);

    expect(await rowsOf(people.anna.userId)).toEqual({});
    expect(await rowsOf(people.boris.userId)).toEqual(kept);
  });
});

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSyncGraph, type SyncGraph } from '../testing/sync-graph.ts';

let graph: SyncGraph;
beforeAll(async () => {
  graph = await createSyncGraph();
});
afterAll(() => graph.subgraph.close());

const hash = () => randomBytes(32).toString('hex');
const keep = (sha256: string) =>
  graph.subgraph.ownerQuery(
    `INSERT INTO integrations.images (sha256, type, width, height, size, plain_type) VALUES ($1, 'png', 1, 1, 1, 'png')`,
    [sha256],
  );
const sync = (items: object[]) => graph.do('syncProducts', { input: { source: '1c-main', items } });

describe('goods with pictures that were sent', () => {
  it('name them by their hash, in any letters, and are as good as any', async () => {
    const sent = hash();
    await keep(sent);

    const { results } = await sync([
      { sku: 'tea', name: 'Чай', imageUrls: [`SHA256:${sent.toUpperCase()}`, 'https://img.example/1.jpg'] },
    ]);

    expect(results).toEqual([{ index: 0, sku: 'tea', outcome: 'CREATED', errors: [] }]);
    const [batch] = graph.catalog.take('applyProducts');
    expect(batch).toMatchObject({ rows: [{ imageUrls: [`sha256:${sent}`, 'https://img.example/1.jpg'] }] });
  });

  it('are applied with pictures that were not sent yet, and the row says so', async () => {
    const [sent, missing] = [hash(), hash()];
    await keep(sent);

    const { results } = await sync([
      { sku: 'rice', name: 'Рис', imageUrls: [`sha256:${sent}`] },
      { sku: 'oats', name: 'Овёс', price: 7, imageUrls: [`sha256:${missing}`, `sha256:${sent}`] },
    ]);

    expect(results).toEqual([
      { index: 0, sku: 'rice', outcome: 'CREATED', errors: [] },
      {
        index: 1,
        sku: 'oats',
        outcome: 'CREATED',
        errors: [{ code: 'UNKNOWN_IMAGE', field: 'imageUrls', message: expect.stringContaining(missing) }],
      },
    ]);
  });

  it('are looked up in one statement for a whole batch, and in none without such pictures', async () => {
    const items = (urls: (n: number) => string[]) =>
      Array.from({ length: 50 }, (_, n) => ({ sku: `s${n}`, name: `Товар ${n}`, imageUrls: urls(n) }));
    const lookups = () => graph.subgraph.statements().filter((sql) => sql.includes('FROM images')).length;
    lookups();

    await sync(items(() => [`sha256:${hash()}`, `sha256:${hash()}`]));
    const withHashes = lookups();
    await sync(items((n) => [`https://img.example/${n}.jpg`]));

    expect([withHashes, lookups()]).toEqual([1, 0]);
  });
});

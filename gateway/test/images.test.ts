import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bomb, photograph } from '@gastronom/integrations/testing/pictures';
import { type SmallS3, startSmallS3 } from '@gastronom/integrations/testing/small-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const uploads = '/api/v1/integrations/images';
const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'only/for+tests' };
const modern = { accept: 'image/avif,image/webp,image/*,*/*;q=0.8' };

const sync = `mutation ($input: SyncProductsInput!) {
  syncProducts(input: $input) { results { outcome errors { code field } } } }`;

/** Where pictures lie: one of the two for each way to run. */
const places = { 'one process': 'a folder', 'remote subgraphs': 'a bucket' } as const;

describe.each(modes)('pictures, %s', (mode) => {
  const folder = mkdtempSync(join(tmpdir(), 'gastronom-pictures-'));
  let graph: TestGraph;
  let s3: SmallS3;
  let given: Record<string, string>;
  beforeAll(async () => {
    s3 = await startSmallS3('pictures', keys);
    const bucket = {
      AWS_S3_BUCKET: 'pictures',
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    };
    const place = places[mode] === 'a bucket' ? bucket : { IMAGE_DIR: folder };
    given = { PUBLIC_URL: 'https://api.shop.example/', ...place };
    Object.assign(process.env, given);
    graph = await startTestGraph(mode);
  });
  afterAll(async () => {
    await graph.stop();
    await s3.stop();
    rmSync(folder, { recursive: true });
    for (const name of Object.keys(given)) delete process.env[name];
  });

  const call = (path: string, init: RequestInit = {}) => fetch(graph.url.replace('/graphql', path), init);
  const key = () => ({ authorization: `Bearer ${graph.tokens.service}` });
  const send = (bytes: Uint8Array) =>
    call(uploads, { method: 'POST', headers: { ...key(), 'content-type': 'text/html' }, body: new Uint8Array(bytes) });

  /** The picture in a form that is made behind it: who comes too early is shown the plain one meanwhile. */
  async function onceMade(type: string, path: string, init: RequestInit = {}): Promise<Response> {
    for (;;) {
      const response = await call(path, init);
      if (response.headers.get('content-type') === type) return response;
    }
  }

  it(`go from the scraper to the shop by way of ${places[mode]}`, async () => {
    const bytes = await photograph(900, 600);
    const sha256 = hashOf(bytes);

    const unknown = await call(`${uploads}/${sha256}`, { method: 'HEAD', headers: key() });
    const stored = await send(bytes);
    const again = await send(bytes);
    const known = await call(`${uploads}/${sha256}`, { method: 'HEAD', headers: key() });
    const item = { sku: 'tea', name: 'Чай', imageUrls: [`sha256:${sha256}`] };
    const { data } = await graph.query(sync, { input: { source: '1c-main', items: [item] } }, graph.tokens.service);
    const { data: shop } = await graph.query('{ product(sku: "tea") { images { url position } } }');

    expect([unknown.status, stored.status, again.status, known.status]).toEqual([404, 201, 200, 200]);
    expect(data.syncProducts.results).toEqual([{ outcome: 'CREATED', errors: [] }]);
    const url = `https://api.shop.example/images/${sha256}`;
    expect(shop.product.images).toEqual([{ url, position: 0 }]);
    expect(await stored.json()).toMatchObject({ sha256, url, width: 600, height: 900 });
    expect(s3.objects.size > 0).toBe(places[mode] === 'a bucket');
  });

  it('are kept by caches for ever, in the best form that is wanted', async () => {
    const bytes = await photograph(500, 300);
    const path = `/images/${hashOf(bytes)}`;
    await send(bytes);

    const plain = await call(path);
    const best = await onceMade('image/avif', path, { headers: modern });
    const narrow = await onceMade('image/webp', `${path}/320.webp`);
    const head = await call(`${path}/320.webp`, { method: 'HEAD' });
    const same = await call(path, { headers: { ...modern, 'if-none-match': best.headers.get('etag') ?? '' } });
    const strange = await call(`${path}/321.webp`);

    const types = [plain, best, narrow, head].map(({ headers }) => headers.get('content-type'));
    expect(types).toEqual(['image/jpeg', 'image/avif', 'image/webp', 'image/webp']);
    expect(best.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(best.headers.get('vary')).toContain('Accept');
    expect(best.headers.get('x-content-type-options')).toBe('nosniff');
    expect(same.status).toBe(304);
    expect(head.headers.get('content-length')).toBe(String((await narrow.arrayBuffer()).byteLength));
    expect(strange.status).toBe(404);
    expect(Buffer.from(await plain.arrayBuffer()).includes('Aigerim')).toBe(false);
  });

  it('are taken from scrapers alone, and hostile ones from nobody', async () => {
    const bytes = new Uint8Array(await photograph());
    const { customer, staff, admin } = graph.tokens;
    const senders = ['', customer, staff, admin].map((token) => (token ? { authorization: `Bearer ${token}` } : {}));

    const statuses = await Promise.all(
      senders.map(async (headers) => (await call(uploads, { method: 'POST', headers, body: bytes })).status),
    );
    const hostile = await send(bomb(60_000, 60_000));

    expect(statuses).toEqual([401, 403, 403, 403]);
    expect(hostile.status).toBe(413);
    expect(await hostile.json()).toEqual({
      error: 'PayloadTooLargeError',
      message: expect.stringContaining('3,600 million pixels'),
      status: 413,
      timestamp: expect.any(String),
      requestId: expect.any(String),
    });
    expect((await call(`/images/${hashOf(bytes)}`)).status).toBe(404);
  });
});

import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { readIntegrationsSettings } from '../env.ts';
import { integrations } from '../subgraph.ts';
import { drawing, photograph } from '../testing/pictures.ts';
import { keyOf } from './images.ts';

/** As Chromium asks for a picture. */
const modern = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await createTestSubgraph(integrations, { works: true });
});
afterAll(() => subgraph.close());

const rest = (method: string, url: string, headers: Record<string, string> = {}, body: Buffer = Buffer.alloc(0)) =>
  subgraph.transport.rest(
    { method, url, headers, body },
    { viewer: method === 'POST' ? viewers.service : viewers.anonymous, requestId: 'test', logger: silent },
  );
const silent = { info() {}, warn() {}, error() {} } as never;
const get = (url: string, headers: Record<string, string> = {}) => rest('GET', url, headers);

async function send(bytes: Buffer): Promise<string> {
  const { status } = await rest('POST', '/api/v1/integrations/images', {}, bytes);
  expect(status).toBe(201);
  return createHash('sha256').update(bytes).digest('hex');
}

async function untilMade(sha256: string): Promise<void> {
  const made = () =>
    subgraph.ownerQuery('SELECT 1 FROM integrations.images WHERE sha256 = $1 AND variants_made_at IS NOT NULL', [
      sha256,
    ]);
  while ((await made()).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('a picture that is shown', () => {
  it('carries nothing but the picture, turned upright', async () => {
    const bytes = await photograph(400, 300);
    expect((await sharp(bytes).metadata()).exif?.toString('latin1')).toContain('Aigerim');
    const sha256 = await send(bytes);

    const answers = [
      await get(`/images/${sha256}`),
      await get(`/images/${sha256}`, { accept: modern }),
      await get(`/images/${sha256}/320.webp`),
      await get(`/images/${sha256}/320.avif`),
    ];

    for (const { status, body } of answers) {
      expect(status).toBe(200);
      const { width, height, exif, xmp, iptc, orientation } = await sharp(body).metadata();
      expect({ width, height, exif, xmp, iptc, orientation: orientation ?? 1 }).toEqual({
        width: 300,
        height: 400,
        orientation: 1,
      });
      expect(body.toString('latin1')).not.toContain('Aigerim');
    }
  });

  it.each([
    ['image/avif,image/webp,*/*', 'image/avif'],
    ['image/webp,*/*', 'image/webp'],
    ['image/avif;q=0.1, image/webp;q=0.9', 'image/webp'],
    ['image/avif;q=0, */*', 'image/jpeg'],
    ['*/*', 'image/jpeg'],
    [undefined, 'image/jpeg'],
  ])('comes in the best type that is wanted: %s', async (accept, type) => {
    const sha256 = await send(await photograph(50, 40));

    const { status, headers } = await get(`/images/${sha256}`, accept ? { accept } : {});

    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': type, vary: 'Accept' });
  });

  it('stays see-through where nothing better is wanted', async () => {
    const sha256 = await send(await drawing(30, 30, 4).png().toBuffer());

    const { headers, body } = await get(`/images/${sha256}`);

    expect(headers['content-type']).toBe('image/png');
    expect((await sharp(body).metadata()).hasAlpha).toBe(true);
  });

  it('may be kept for ever, by everybody, and is taken for a picture alone', async () => {
    const sha256 = await send(await photograph(60, 60));

    for (const url of [`/images/${sha256}`, `/images/${sha256}/320.webp`]) {
      const { headers } = await get(url);
      const again = await get(url, { 'if-none-match': String(headers.etag) });
      const head = await rest('HEAD', url);

      expect(headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'",
        etag: expect.stringMatching(/^".+"$/),
      });
      expect({ status: again.status, length: again.body.length }).toEqual({ status: 304, length: 0 });
      expect(again.headers.etag).toBe(headers.etag);
      expect(head.status).toBe(200);
      expect(head.headers).toMatchObject({ etag: headers.etag, 'content-length': headers['content-length'] });
      expect(head.body).toHaveLength(0);
    }
  });

  it('is never made larger than it is, and narrower in each width that is set', async () => {
    const sha256 = await send(await drawing(1_000, 500).jpeg().toBuffer());

    const widths = await Promise.all(
      [320, 800, 1600].map(async (width) => {
        const { body } = await get(`/images/${sha256}/${width}.webp`);
        return (await sharp(body).metadata()).width;
      }),
    );

    expect(widths).toEqual([320, 800, 1000]);
  });

  it('may be absurdly tall', async () => {
    const sha256 = await send(await drawing(20, 20_000).png().toBuffer());

    const { status, body } = await get(`/images/${sha256}/320.webp`);

    expect(status).toBe(200);
    expect((await sharp(body).metadata()).height).toBe(16_000);
  });

  it('has its variants made by the job, before anybody asks', async () => {
    const sha256 = await send(await drawing(500, 400).jpeg().toBuffer());

    await untilMade(sha256);

    const { folder } = readIntegrationsSettings().images;
    // The bytes as they came are gone: what is served now was made before.
    await rm(`${folder}/${keyOf(sha256, 'original')}`);
    const types = await Promise.all(
      ['320.webp', '320.avif', '800.webp', '1600.avif'].map(
        async (file) => (await get(`/images/${sha256}/${file}`)).headers['content-type'],
      ),
    );
    expect(types).toEqual(['image/webp', 'image/avif', 'image/webp', 'image/avif']);
  });

  it('is made once for many who want it at once', async () => {
    const sha256 = await send(await photograph(700, 500));

    const answers = await Promise.all(Array.from({ length: 8 }, () => get(`/images/${sha256}/320.avif`)));

    expect(
      new Set(answers.map(({ status, body }) => `${status} ${createHash('md5').update(body).digest('hex')}`)).size,
    ).toBe(1);
  });
});

describe('what is not there', () => {
  it.each([
    () => `/images/${randomBytes(32).toString('hex')}`,
    () => `/images/${randomBytes(32).toString('hex')}/320.webp`,
    () => '/images/..%2f..%2fetc%2fpasswd',
    () => '/images/abc',
  ])('is answered 404, which nobody keeps', async (url) => {
    const { status, headers, body } = await get(url());

    expect(status).toBe(404);
    expect(headers['cache-control']).toBeUndefined();
    expect(JSON.parse(body.toString())).toMatchObject({ error: 'NotFoundError', status: 404 });
  });

  it('includes widths that are not set, and the bytes as they came', async () => {
    const sha256 = await send(await photograph(900, 600));

    const files = [
      '321.webp',
      '0320.webp',
      '900.webp',
      '99999.avif',
      '320.png',
      '320',
      'original',
      'plain.jpeg',
      '..%2foriginal',
    ];
    const statuses = await Promise.all(files.map(async (file) => (await get(`/images/${sha256}/${file}`)).status));

    expect(statuses).toEqual(files.map(() => 404));
  });

  it('is made up for by the plain picture, for a minute', async () => {
    const sha256 = await send(await drawing(300, 200).jpeg().toBuffer());
    await untilMade(sha256);
    const { folder } = readIntegrationsSettings().images;
    for (const file of ['original', '300.avif', '300.webp']) await rm(`${folder}/${keyOf(sha256, file)}`);

    const { status, headers } = await get(`/images/${sha256}`, { accept: modern });

    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'public, max-age=60' });
  });

  it('is a picture whose files were lost, until it is sent again', async () => {
    const bytes = await photograph(30, 30);
    const sha256 = await send(bytes);
    await untilMade(sha256);
    const { folder } = readIntegrationsSettings().images;
    await rm(`${folder}/${keyOf(sha256, '')}`, { recursive: true });

    const lost = await get(`/images/${sha256}`);
    const again = await rest('POST', '/api/v1/integrations/images', {}, bytes);

    expect([lost.status, again.status]).toEqual([404, 200]);
    expect((await get(`/images/${sha256}`, { accept: modern })).status).toBe(200);
  });
});

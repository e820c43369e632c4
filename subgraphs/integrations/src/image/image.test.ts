import { createHash, randomBytes } from 'node:crypto';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sharp } from 'sharp';
import { integrations } from '../subgraph.ts';
import { animation, bomb, drawing, photograph } from '../testing/pictures.ts';

const uploads = '/api/v1/integrations/images';
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await createTestSubgraph(integrations);
});
afterAll(() => subgraph.close());

async function call(method: string, url: string, body: Buffer = Buffer.alloc(0), viewer: Viewer = viewers.service) {
  const context = { viewer, requestId: 'test', logger: { info() {}, error() {}, warn() {} } as never };
  const headers = { 'content-type': 'image/svg+xml' };
  const answer = await subgraph.transport.rest({ method, url, headers, body }, context);
  const text = answer.body.toString();
  return { ...answer, json: text.startsWith('{') ? JSON.parse(text) : undefined };
}

const count = async () => {
  const [row] = await subgraph.ownerQuery<{ images: number; jobs: number }>(
    `SELECT (SELECT count(*)::int FROM integrations.images) AS images,
       (SELECT count(*)::int FROM jobs.job WHERE name = 'make-image-variants') AS jobs`,
  );
  return row;
};

describe('a picture that is sent', () => {
  it('is asked for, taken, and known from then on', async () => {
    const bytes = await photograph(400, 300);
    const sha256 = hashOf(bytes);
    const before = await call('HEAD', `${uploads}/${sha256}`);

    const answer = await call('POST', uploads, bytes);

    expect(before.status).toBe(404);
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({
      sha256,
      // It was held sideways.
      width: 300,
      height: 400,
      type: 'image/jpeg',
      size: bytes.length,
      url: `http://localhost:4000/images/${sha256}`,
    });
    expect((await call('HEAD', `${uploads}/${sha256.toUpperCase()}`)).status).toBe(200);
    expect((await call('GET', `${uploads}/${sha256}`)).json).toEqual(answer.json);
  });

  it('costs nothing the second time', async () => {
    const bytes = await photograph();
    const first = await call('POST', uploads, bytes);
    const stored = await count();

    const second = await call('POST', uploads, bytes);

    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.json).toEqual(first.json);
    expect(await count()).toEqual(stored);
  });

  it('is stored once when it comes many times at once', async () => {
    const bytes = await drawing(200, 200).png().toBuffer();
    const stored = await count();

    const answers = await Promise.all(Array.from({ length: 6 }, () => call('POST', uploads, bytes)));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(await count()).toEqual({ images: (stored?.images ?? 0) + 1, jobs: (stored?.jobs ?? 0) + 1 });
  });

  it.each(['POST', 'PUT'])('is taken at its own address by %s, and no other is', async (method) => {
    const bytes = await photograph();
    const other = await photograph();
    const stored = await count();

    const wrong = await call(method, `${uploads}/${hashOf(other)}`, bytes);
    const none = await call(method, `${uploads}/abc`, bytes);
    const unmoved = await count();
    const right = await call(method, `${uploads}/${hashOf(bytes)}`, bytes);

    expect(wrong).toMatchObject({ status: 400, json: { error: 'BadRequestError', status: 400 } });
    expect(wrong.json.message).toContain(hashOf(bytes));
    expect(none.status).toBe(400);
    expect(unmoved).toEqual(stored);
    expect(right.status).toBe(201);
  });

  it.each([
    ['png', (picture: Sharp) => picture.png()],
    ['webp', (picture: Sharp) => picture.webp()],
    ['gif', (picture: Sharp) => picture.gif()],
    ['avif', (picture: Sharp) => picture.avif({ effort: 0 })],
    ['tiff', (picture: Sharp) => picture.tiff()],
  ])('may be %s, whatever its header calls it', async (type, write) => {
    const answer = await call('POST', uploads, await write(drawing(40, 30)).toBuffer());

    expect(answer).toMatchObject({ status: 201, json: { type: `image/${type}`, width: 40, height: 30 } });
  });

  it('may be tiny, or move', async () => {
    const dot = await call('POST', uploads, await drawing(1, 1).png().toBuffer());
    const dance = await call('POST', uploads, animation(20, 10, 3));

    expect(dot.json).toMatchObject({ width: 1, height: 1 });
    expect(dance.json).toMatchObject({ width: 20, height: 10, type: 'image/gif' });
  });
});

describe('a death between the files and their row', () => {
  it('leaves nothing that is shown or taken for known, and the next sender brings it again', async () => {
    const bytes = await photograph(30, 20);
    const sha256 = hashOf(bytes);
    await subgraph.ownerQuery('ALTER TABLE integrations.images RENAME COLUMN plain_type TO taken_away');
    const died = await call('POST', uploads, bytes);
    await subgraph.ownerQuery('ALTER TABLE integrations.images RENAME COLUMN taken_away TO plain_type');

    const between = [await call('HEAD', `${uploads}/${sha256}`), await call('GET', `/images/${sha256}`)];
    const again = await call('POST', uploads, bytes);

    expect(died.status).toBe(500);
    expect(between.map(({ status }) => status)).toEqual([404, 404]);
    expect(again.status).toBe(201);
    expect((await call('GET', `/images/${sha256}`)).status).toBe(200);
  });
});

describe('what is refused', () => {
  const whole = photograph(600, 600);

  it.each<[string, () => Buffer | Promise<Buffer>, number, RegExp]>([
    ['nothing at all', () => Buffer.alloc(0), 400, /empty/],
    ['a JPEG cut short', async () => (await whole).subarray(0, 9_000), 400, /damaged/],
    ['a JPEG of which only the beginning came', async () => (await whole).subarray(0, 12), 400, /damaged/],
    ['a PNG with a hole', async () => (await drawing(90, 90).png().toBuffer()).fill(7, 5_000, 5_400), 400, /damaged/],
    ['a picture that says it is huge', () => bomb(60_000, 60_000), 413, /3,600 million pixels/],
    ['a long animation', () => animation(2_000, 2_000, 20), 413, /20 frames/],
    [
      'a file that is too large',
      () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(20 * 1024 * 1024)]),
      413,
      /20\.0 MB/,
    ],
    ['an SVG', () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 415, /SVG/],
    ['HTML under the name of a picture', () => Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), 415, /HTML/],
    ['HTML behind the mark of a GIF', () => Buffer.from('GIF89a/*<script>*/=1;alert(1)//'.padEnd(200)), 400, /damaged/],
    ['a form', () => Buffer.from('--boundary\r\nContent-Disposition: form-data'), 415, /form/],
    ['a BMP', () => Buffer.from('BM\x36\0\0\0'), 415, /BMP/],
    ['noise', () => randomBytes(500).fill(1, 0, 8), 415, /no picture/],
    [
      'a ZIP behind a PNG',
      async () => Buffer.concat([await drawing(9, 9).png().toBuffer(), Buffer.from('PK\x03\x04evil')]),
      400,
      /another kind/,
    ],
    [
      'a page behind a JPEG',
      async () => Buffer.concat([await whole, Buffer.from('<script>alert(1)</script>')]),
      400,
      /another kind/,
    ],
  ])('%s, with a reason, and nothing is kept', async (_what, make, status, message) => {
    const bytes = await make();
    const stored = await count();

    const answer = await call('POST', uploads, bytes);

    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({
      error: expect.any(String),
      message: expect.stringMatching(message),
      status,
      timestamp: expect.any(String),
      requestId: expect.any(String),
    });
    expect(await count()).toEqual(stored);
    expect((await call('HEAD', `${uploads}/${hashOf(bytes)}`)).status).toBe(404);
  });

  const elsewhere: Viewer = { kind: 'service', keyId: viewers.service.keyId, name: 'till', scopes: ['stock:read'] };
  it.each<[string, Viewer, number]>([
    ['nobody known', viewers.anonymous, 401],
    ['a customer', viewers.customer, 403],
    ['staff', viewers.staff, 403],
    ['an admin', viewers.admin, 403],
    ['a key with another scope', elsewhere, 403],
  ])('a picture of %s', async (_who, viewer, status) => {
    const bytes = await photograph();
    const stored = await count();

    const answers = [
      await call('POST', uploads, bytes, viewer),
      await call('PUT', `${uploads}/${hashOf(bytes)}`, bytes, viewer),
      await call('HEAD', `${uploads}/${hashOf(bytes)}`, undefined, viewer),
    ];

    expect(answers.map((answer) => answer.status)).toEqual([status, status, status]);
    expect(await count()).toEqual(stored);
  });
});

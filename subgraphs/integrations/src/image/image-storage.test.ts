import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@gastronom/shared/logger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type SmallS3, startSmallS3 } from '../testing/small-s3.ts';
import { bucketStorage } from './bucket-storage.ts';
import { createImageStorage } from './create-image-storage.ts';
import { folderStorage } from './folder-storage.ts';
import { imageSettings } from './image-settings.ts';
import type { ImageStorage } from './image-storage.ts';

const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'only/for+tests' };
const settings = (endpoint: string, change = {}) => ({
  bucket: 'pictures',
  region: 'eu-central-1',
  endpoint,
  credentials: keys,
  pathStyle: true,
  ...change,
});

let s3: SmallS3;
let folder: string;
beforeAll(async () => {
  s3 = await startSmallS3('pictures', keys);
  folder = await mkdtemp(join(tmpdir(), 'gastronom-pictures-'));
});
beforeEach(() => {
  s3.fault = { kind: 'none', times: 0 };
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true });
});

const storages: [string, () => ImageStorage][] = [
  ['a folder', () => folderStorage(folder)],
  ['a bucket', () => bucketStorage(settings(s3.url))],
];

describe.each(storages)('%s', (_name, open) => {
  it('gives back what it was given, and knows what it has not', async () => {
    const storage = open();
    const bytes = randomBytes(70_000);

    await storage.put('ab/cd/one/320.webp', bytes, 'image/webp');

    expect(await storage.get('ab/cd/one/320.webp')).toEqual(bytes);
    expect(await storage.has('ab/cd/one/320.webp')).toBe(true);
    expect(await storage.get('ab/cd/one/800.webp')).toBeNull();
    expect(await storage.has('ab/cd/one/800.webp')).toBe(false);
  });

  it('takes the same file many times at once', async () => {
    const storage = open();
    const bytes = randomBytes(50_000);
    const key = `ab/${randomUUID()}/original`;

    await Promise.all(Array.from({ length: 8 }, () => storage.put(key, bytes, 'image/jpeg')));

    expect(await storage.get(key)).toEqual(bytes);
  });
});

describe('a folder', () => {
  it('holds no halves of files', async () => {
    await folderStorage(folder).put('xy/zz/whole/original', randomBytes(10), 'image/png');

    expect(await readdir(join(folder, 'xy/zz/whole'))).toEqual(['original']);
  });
});

describe('a bucket', () => {
  it.each(['slow-down', 'hang-up'] as const)('is asked again when it fails for a moment: %s', async (kind) => {
    const storage = bucketStorage(settings(s3.url));
    const bytes = randomBytes(1_000);
    await storage.put('a/b/c/original', bytes, 'image/png');
    s3.fault = { kind, times: kind === 'hang-up' ? 1 : 2 };

    const given = kind === 'hang-up' ? storage.has('a/b/c/original') : storage.get('a/b/c/original');

    expect(await given).toEqual(kind === 'hang-up' ? true : bytes);
  });

  it('never gives half a picture for a whole one', async () => {
    const storage = bucketStorage(settings(s3.url));
    await storage.put('a/b/d/original', randomBytes(1_000), 'image/png');
    s3.fault = { kind: 'hang-up', times: 9 };

    await expect(storage.get('a/b/d/original')).rejects.toThrow();
  });

  it.each([
    ['with another secret', { credentials: { ...keys, secretAccessKey: 'wrong' } }],
    ['under another key', { credentials: { ...keys, accessKeyId: 'AKIAOTHER' } }],
    ['under another name', { bucket: 'elsewhere' }],
  ])('%s is a storage that cannot be reached, said in one sentence', async (_how, change) => {
    const errors: unknown[] = [];
    const logger = { ...createLogger('test', 'silent'), error: (about: unknown) => errors.push(about) } as never;
    const bucket = settings(s3.url, change);
    const storage = createImageStorage({ folder, bucket, sizeLimit: 1, pixelLimit: 1, widths: [320] }, logger);
    const before = s3.objects.size;

    const put = storage.put('a/b/e/original', Buffer.from('x'), 'image/png');

    await expect(put).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', message: expect.stringMatching(/later/) });
    expect(errors).toHaveLength(1);
    expect(s3.objects.size).toBe(before);
  });
});

describe('the settings of a bucket', () => {
  const variables = { DATA_DIR: '/data', IMAGE_LIMIT_MB: 20, IMAGE_MAX_PIXELS: 1e6, IMAGE_WIDTHS: [320] };

  it('put pictures in the data folder where there is none', () => {
    expect(imageSettings({ ...variables, AWS_REGION: 'us-east-1' })).toMatchObject({
      folder: '/data/images',
      bucket: undefined,
    });
  });

  it('take the path style for a server that is not AWS’s own, and both keys or none', () => {
    const given = { ...variables, AWS_REGION: 'us-east-1', AWS_S3_BUCKET: 'b' };

    expect(imageSettings(given).bucket).toMatchObject({ pathStyle: false, credentials: undefined });
    expect(imageSettings({ ...given, AWS_ENDPOINT_URL_S3: 'http://minio:9000' }).bucket?.pathStyle).toBe(true);
    expect(() => imageSettings({ ...given, AWS_ACCESS_KEY_ID: 'only' })).toThrow('AWS_ACCESS_KEY_ID');
  });
});

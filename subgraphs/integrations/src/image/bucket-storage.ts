import type { S3Client } from '@aws-sdk/client-s3';
import type { BucketSettings } from './image-settings.ts';
import type { ImageStorage } from './image-storage.ts';

type Sdk = typeof import('@aws-sdk/client-s3');

interface Bucket {
  readonly sdk: Sdk;
  readonly client: S3Client;
}

const isMissing = (error: unknown): boolean => ['NoSuchKey', 'NotFound'].includes((error as Error).name);

async function connect({ region, endpoint, credentials, pathStyle }: BucketSettings): Promise<Bucket> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({
    region,
    forcePathStyle: pathStyle,
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000 },
    // Many servers that speak S3 do not know its newer checksums; the signature covers the bytes all the same.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint ? { endpoint } : {}),
    ...(credentials ? { credentials } : {}),
  });
  return { sdk, client };
}

/** Pictures in a bucket of S3, or of a server that speaks it. */
export function bucketStorage(settings: BucketSettings): ImageStorage {
  const { bucket: Bucket } = settings;
  let connecting: Promise<Bucket> | undefined;
  // The SDK is large: it is loaded when the first picture is wanted.
  const reach = (): Promise<Bucket> => {
    connecting ??= connect(settings);
    return connecting;
  };
  return {
    async put(Key, Body, ContentType) {
      const { sdk, client } = await reach();
      await client.send(new sdk.PutObjectCommand({ Bucket, Key, Body, ContentType }));
    },
    async get(Key) {
      const { sdk, client } = await reach();
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key }));
        return Body ? Buffer.from(await Body.transformToByteArray()) : null;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async has(Key) {
      const { sdk, client } = await reach();
      try {
        await client.send(new sdk.HeadObjectCommand({ Bucket, Key }));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
  };
}

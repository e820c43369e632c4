import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();

/** How it can fail: busy as S3 says it, or hanging up in the middle of an answer. */
export type S3Fault = 'none' | 'slow-down' | 'hang-up';

export interface SmallS3 {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  readonly requests: string[];
  /** The next so many requests fail so. */
  fault: { kind: S3Fault; times: number };
  stop(): Promise<void>;
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What AWS Signature Version 4 says that a request should be signed with; undefined for a request that is not signed. */
function signatureOf(request: IncomingMessage, keys: Keys): { given: string; wanted: string } | undefined {
  const [, scope, names, given] =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  if (!scope || !names || !given) return undefined;
  const [day = '', region = '', service = '', end = ''] = scope.split('/');
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3');
  searchParams.sort();
  const canonical = [
    request.method,
    pathname,
    searchParams.toString().replaceAll('+', '%20'),
    ...names.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    names,
    request.headers['x-amz-content-sha256'],
  ].join('\n');
  const stringToSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [day, region, service, end].reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`);
  return { given, wanted: hmac(key, stringToSign).toString('hex') };
}

function refuse(response: ServerResponse, status: number, code: string): ServerResponse {
  response.writeHead(status, { 'content-type': 'application/xml', 'x-amz-request-id': 'R1' });
  return response.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
}

/** Why a request is not let in, in the words of S3. */
function trouble(request: IncomingMessage, body: Buffer, keys: Keys): string | undefined {
  const signature = signatureOf(request, keys);
  if (!signature) return 'AccessDenied';
  if (!request.headers.authorization?.includes(`Credential=${keys.accessKeyId}/`)) return 'InvalidAccessKeyId';
  const { given, wanted } = signature;
  if (given.length !== wanted.length || !timingSafeEqual(Buffer.from(given), Buffer.from(wanted)))
    return 'SignatureDoesNotMatch';
  const declared = request.headers['x-amz-content-sha256'];
  return declared === 'UNSIGNED-PAYLOAD' || declared === sha256(body) ? undefined : 'XAmzContentSHA256Mismatch';
}

/** A server that speaks the part of S3 that storing pictures takes, path style, with its signatures checked. */
export async function startSmallS3(bucket: string, keys: Keys): Promise<SmallS3> {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  const s3 = { objects, requests, fault: { kind: 'none' as S3Fault, times: 0 } };

  function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): ServerResponse {
    const [, its, ...rest] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    const key = decodeURIComponent(rest.join('/'));
    const wrong = trouble(request, body, keys);
    if (wrong) return refuse(response, 403, wrong);
    if (its !== bucket) return refuse(response, 404, 'NoSuchBucket');
    if (request.method === 'PUT') {
      objects.set(key, body);
      return response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
    }
    const object = objects.get(key);
    if (!object) return refuse(response, 404, 'NoSuchKey');
    response.writeHead(200, { 'content-length': object.length });
    return response.end(request.method === 'HEAD' ? undefined : object);
  }

  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`);
    const body = Buffer.from(await text(request.setEncoding('latin1')), 'latin1');
    const { kind } = s3.fault;
    if (kind === 'none' || s3.fault.times === 0) return answer(request, response, body);
    s3.fault.times -= 1;
    if (kind === 'slow-down') return refuse(response, 503, 'SlowDown');
    response.writeHead(200, { 'content-length': 1_000 });
    response.write('half');
    setTimeout(() => response.destroy(), 10);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(s3, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

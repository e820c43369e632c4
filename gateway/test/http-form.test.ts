import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { heardJson, speak, startDoor, statusOf, type TestDoor } from './door-harness.ts';

const host = 'Host: localhost';
const json = 'Content-Type: application/json';
const operation = '{"query":"{ __typename }"}';

/** A request as it goes over the wire, its connection closed after it. */
const wire = (lines: readonly string[], body: string | Buffer = ''): Buffer =>
  Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`, 'latin1'), Buffer.from(body)]);
const post = (headers: readonly string[], body: string | Buffer = operation): Buffer =>
  wire(['POST /graphql HTTP/1.1', host, json, ...headers], body);
const length = `Content-Length: ${operation.length}`;

describe('requests that no honest client sends', () => {
  let door: TestDoor;
  beforeAll(async () => {
    door = await startDoor({ BODY_LIMIT_MB: '1' });
  });
  afterAll(() => door.stop());

  const hear = (...steps: (string | Buffer)[]) => speak(door.port, steps);
  const restShape = (error: string, status: number) => ({
    error,
    message: expect.any(String),
    status,
    timestamp: expect.any(String),
    requestId: expect.any(String),
  });

  it.each([
    ['two lengths', [length, 'Content-Length: 3']],
    ['a length that is a list', ['Content-Length: 26, 26']],
    ['a length with a sign', ['Content-Length: +26']],
    ['a length and chunks', [length, 'Transfer-Encoding: chunked']],
    ['chunks that are not the last coding', ['Transfer-Encoding: chunked, identity']],
    ['a coding that nobody knows', ['Transfer-Encoding: xchunked']],
    ['a coding behind a strange space', ['Transfer-Encoding: \x0bchunked']],
    ['a header with a space before its colon', ['Content-Length : 26']],
    ['a header that is folded', ['X-A: b', ' Content-Length: 26']],
    ['a bare line feed in a header', [`X-A: b\nTransfer-Encoding: chunked`]],
    ['a NUL in a header', ['X-A: \0']],
    ['a second host', [length, 'Host: evil.example']],
    ['no name of a host', [length, 'Host:']],
  ])('are refused with %s, in one answer that ends the connection', async (_what, headers) => {
    const heard = await hear(post(headers));

    expect(heard.match(/HTTP\/1\.1 \d{3}/g)).toHaveLength(1);
    expect(statusOf(heard)).toBe(400);
    expect(heardJson(heard).error ?? heardJson(heard).errors[0].extensions.error).toBe('BadRequestError');
    expect(heard.toLowerCase()).toContain('connection: close');
  });

  it('do not smuggle a second request behind a body', async () => {
    const smuggled = 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n';

    const chunked = await hear(post(['Transfer-Encoding: chunked', length], `0\r\n\r\n${smuggled}`));
    const short = await hear(post(['Transfer-Encoding: chunked'], `5;\n\r\nhello\r\n0\r\n\r\n${smuggled}`));

    for (const heard of [chunked, short]) {
      expect(heard.match(/HTTP\/1\.1 \d{3}/g)).toHaveLength(1);
      expect(statusOf(heard)).toBe(400);
    }
  });

  it('are refused in the shape of REST errors when they are no HTTP at all', async () => {
    for (const bytes of [
      '\x16\x03\x01\x02\0\x01\0',
      'HELLO\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ]) {
      const heard = await hear(bytes);

      expect(statusOf(heard)).toBe(400);
      expect(heardJson(heard)).toEqual(restShape('BadRequestError', 400));
    }
  });

  it('are refused with headers that are too large, or too many', async () => {
    const large = await hear(wire(['GET /livez HTTP/1.1', host, `X-Large: ${'x'.repeat(20_000)}`]));
    const long = await hear(wire([`GET /livez?${'x'.repeat(20_000)} HTTP/1.1`, host]));
    const many = await hear(wire(['GET /livez HTTP/1.1', host, ...Array.from({ length: 200 }, (_, i) => `X-${i}: 1`)]));

    for (const heard of [large, long, many]) {
      expect(statusOf(heard)).toBe(431);
      expect(heardJson(heard)).toEqual(restShape('HeadersTooLargeError', 431));
    }
  });

  it('are refused packed: nothing is unpacked here', async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'gzip, gzip', 'zstd']) {
      const heard = await hear(post([length, `Content-Encoding: ${encoding}`]));

      expect(statusOf(heard)).toBe(415);
      expect(heardJson(heard).errors[0].extensions.code).toBe('UNSUPPORTED_MEDIA_TYPE');
    }
    expect(statusOf(await hear(post([length, 'Content-Encoding: identity'])))).toBe(200);
  });

  it('are refused when their bytes are no UTF-8, wherever they stand', async () => {
    const bad = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0xaf, 0x22, 0x7d]);
    const body = await hear(post([`Content-Length: ${bad.length}`], bad));
    const address = await hear(wire(['GET /images/%ff%c0%af HTTP/1.1', host]));
    const raw = await hear(wire(['GET /images/\xff\xc0 HTTP/1.1', host]));
    const header = await hear(post([length, 'User-Agent: \xff\xfe', 'X-Request-Id: \xff', 'Authorization: \xff']));

    expect([body, address].map(statusOf)).toEqual([400, 400]);
    expect(heardJson(address)).toEqual(restShape('BadRequestError', 400));
    expect([200, 400, 404]).toContain(statusOf(raw));
    expect(statusOf(header)).toBe(401);
    expect(header).toMatch(/x-request-id: [0-9a-f-]{36}/);
  });

  it.each([
    ['an array 60,000 deep', `{"query":"{ __typename }","variables":{"a":${'['.repeat(6e4)}${']'.repeat(6e4)}}}`],
    ['objects 20,000 deep', `{"query":"{ __typename }","variables":${'{"a":'.repeat(2e4)}1${'}'.repeat(2e4)}}`],
  ])('are refused with %s, and harm nobody', async (_what, body) => {
    const heard = await hear(post([`Content-Length: ${body.length}`], body));

    expect(statusOf(heard)).toBe(400);
    expect(statusOf(await hear(post([length])))).toBe(200);
  });

  it.each(['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}', '{"variables":{"__proto__":{"a":1}}}'])(
    'are refused with %s, which would change what all objects have',
    async (body) => {
      const heard = await hear(post([`Content-Length: ${body.length}`], body));

      expect(statusOf(heard)).toBe(400);
      expect(({} as { a?: number }).a).toBeUndefined();
    },
  );

  it('are refused when the body is larger than announced limits, announced or not', async () => {
    const announced = await hear(post(['Content-Length: 99999999999'], ''));
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    const growing = await hear(post(['Transfer-Encoding: chunked'], `${chunk}${chunk}0\r\n\r\n`));

    expect(statusOf(announced)).toBe(413);
    // A client that is still sending may lose the answer with the connection.
    expect([413, 0]).toContain(statusOf(growing));
  });

  it('are answered 405 with what is allowed when only their method is wrong', async () => {
    const graphql = await door.call('/graphql', { method: 'PATCH' });
    const rest = await door.call('/images/00', { method: 'PATCH' });
    const probe = await door.call('/livez', { method: 'DELETE' });

    expect([graphql, rest, probe].map(({ status }) => status)).toEqual([405, 405, 405]);
    expect(graphql.headers.get('allow')).toContain('POST');
    expect(rest.headers.get('allow')).toBe('DELETE, GET, HEAD, POST, PUT');
    expect(probe.headers.get('allow')).toBe('GET, HEAD');
    expect(await rest.json()).toEqual(restShape('MethodNotAllowedError', 405));
  });

  it('may lack a host when they ask whether the server lives, as old balancers do', async () => {
    expect(statusOf(await hear('GET /livez HTTP/1.0\r\n\r\n'))).toBe(200);
    expect(statusOf(await hear('GET /graphql HTTP/1.0\r\n\r\n'))).toBe(400);
  });
});

import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
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
    const graphql = await door.call('/graphql', { method: 'PUT' });
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

describe('clients that take their time', () => {
  let door: TestDoor;
  beforeAll(async () => {
    door = await startDoor({
      HEADERS_TIMEOUT_SECONDS: '0.5',
      REQUEST_TIMEOUT_SECONDS: '5',
      BODY_IDLE_SECONDS: '0.4',
      BODIES_IN_HAND_MB: '2',
    });
  });
  afterAll(() => door.stop());

  const drip = (piece: string, times: number) => async () => {
    for (let i = 0; i < times; i += 1) await sleep(50);
    return piece;
  };

  it('are given up when their headers do not end, or never begin', async () => {
    const slow = speak(door.port, [
      'POST /graphql HTTP/1.1\r\n',
      drip('', 2),
      'Host: localhost\r\n',
      drip('', 2),
      'X-',
    ]);
    const silent = speak(door.port, []);

    for (const heard of await Promise.all([slow, silent])) {
      expect(statusOf(heard)).toBe(408);
      expect(heardJson(heard)).toMatchObject({ error: 'RequestTimeoutError', status: 408 });
    }
  });

  it('are given up when their body stops, or trickles', async () => {
    const head = `POST /graphql HTTP/1.1\r\n${host}\r\n${json}\r\nContent-Length: 100000\r\n\r\n`;
    const trickle = Array.from({ length: 60 }, () => [drip('', 2), 'x']).flat();

    const [stopped, trickled] = await Promise.all([
      speak(door.port, [head, 'x'.repeat(100)]),
      speak(door.port, [head, ...trickle]),
    ]);

    for (const heard of [stopped, trickled]) {
      expect(statusOf(heard)).toBe(408);
      expect(heardJson(heard).errors[0].extensions).toMatchObject({ code: 'REQUEST_TIMEOUT', status: 408 });
    }
  });

  it('may be slow as long as they bring something', async () => {
    const body = JSON.stringify({ query: '{ __typename }', variables: { a: 'x'.repeat(8_000) } });
    const head = `POST /graphql HTTP/1.1\r\n${host}\r\n${json}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
    const pieces = body.match(/.{1,1500}/g) ?? [];

    const heard = await speak(door.port, [head, ...pieces.flatMap((piece) => [piece, drip('', 2)])]);

    expect(statusOf(heard)).toBe(200);
  });

  it('make room when bodies together are too much: the one that stalls goes first', async () => {
    const head = (size: number) =>
      `POST /api/v1/integrations/one_c/stocks HTTP/1.1\r\n${host}\r\nContent-Length: ${size}\r\nConnection: close\r\n\r\n`;
    const stalled = speak(door.port, [head(3_000_000), 'x'.repeat(1_500_000)]);
    await sleep(100);

    const whole = await speak(door.port, [head(1_000_000), 'x'.repeat(1_000_000)]);

    expect(statusOf(whole)).toBe(200);
    expect(statusOf(await stalled)).toBe(503);
    expect(heardJson(await stalled).error).toBe('OverloadedError');
    const after = await speak(door.port, [head(1_800_000), 'x'.repeat(1_800_000)]);
    expect(statusOf(after)).toBe(200);
  });
});

describe('large bodies', () => {
  const key = 'gk_1a2b3c4d_0123456789';
  let door: TestDoor;
  beforeAll(async () => {
    door = await startDoor(
      { SMALL_BODY_LIMIT_KB: '100', BODY_LIMIT_MB: '1', UPLOAD_LIMIT_MB: '1' },
      {
        execute: async ({ variables }) => ({
          data: { authenticateServiceKey: variables?.secret === key ? { id: '1', name: 'till', scopes: [] } : null },
        }),
      },
    );
  });
  afterAll(() => door.stop());

  const large = JSON.stringify({ query: '{ __typename }', variables: { a: 'x'.repeat(200_000) } });
  const send = async (path: string, body: string, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    return (await door.call(path, { method: 'POST', headers, body })).status;
  };

  it.each(['/graphql', '/api/v1/integrations/images'])('are taken at %s of those who show a key', async (path) => {
    expect(await send(path, large, key)).toBe(200);
    expect(await send(path, large)).toBe(413);
    expect(await send(path, large, 'gk_1a2b3c4d_guessed')).toBe(401);
    expect(await send(path, 'x'.repeat(2_000_000), key)).toBe(413);
  });

  it('are not read of a stranger, who is answered before he has sent them', async () => {
    const head = `POST /graphql HTTP/1.1\r\n${host}\r\n${json}\r\nContent-Length: 900000\r\n`;

    const unknown = await speak(door.port, [`${head}\r\n`], /\r\n\r\n.+/s);
    const guessed = await speak(door.port, [`${head}Authorization: Bearer gk_1_2\r\n\r\n`], /\r\n\r\n.+/s);

    expect([statusOf(unknown), statusOf(guessed)]).toEqual([413, 401]);
  });

  it('are taken of 1C, whose secret is in what it sends, and of nobody where pictures are shown', async () => {
    expect(await send('/api/v1/integrations/one_c/stocks', large)).toBe(200);
    expect(await send('/images/00', large)).toBe(413);
  });
});

describe('more connections than one address needs', () => {
  const connections = async (door: TestDoor, count: number) => {
    const sockets = Array.from({ length: count }, () => connect(door.port, '127.0.0.1'));
    // A refused connection is reset; that is what is looked at.
    for (const socket of sockets) socket.on('error', () => socket.destroy());
    await sleep(300);
    const left = sockets.filter((socket) => !socket.closed).length;
    for (const socket of sockets) socket.destroy();
    await sleep(100);
    return left;
  };

  it('are closed as they come, and are let in again once others have gone', async () => {
    const door = await startDoor({ MAX_CONNECTIONS_PER_ADDRESS: '5' });

    expect(await connections(door, 12)).toBe(5);
    expect(await connections(door, 3)).toBe(3);
    expect((await door.call('/livez')).status).toBe(200);
    await door.stop();
  });

  it('are let in from a trusted proxy, which brings everybody', async () => {
    const door = await startDoor({ MAX_CONNECTIONS_PER_ADDRESS: '5', TRUST_PROXY: 'loopback' });

    expect(await connections(door, 12)).toBe(12);
    await door.stop();
  });
});

describe('more requests than can be worked on', () => {
  it('are told to come again, and probes are answered all the same', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const empty = { status: 200, headers: {}, body: Buffer.alloc(0) };
    const door = await startDoor(
      { MAX_REQUESTS_IN_FLIGHT: '2' },
      {
        rest: async () => {
          await held;
          return empty;
        },
      },
    );
    const working = [door.call('/images/1'), door.call('/images/2')];
    await sleep(300);

    const refused = await door.call('/images/3');
    const probe = await door.call('/livez');
    release();

    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ error: 'OverloadedError', status: 503 });
    expect(probe.status).toBe(200);
    for (const answer of working) expect((await answer).status).toBe(200);
    expect((await door.call('/images/4')).status).toBe(200);
    await door.stop();
  });
});

import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { heardJson, speak, startDoor, statusOf, type TestDoor } from './door-harness.ts';

const host = 'Host: localhost';
const json = 'Content-Type: application/json';

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
    await sleep(300);

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

/** What answers requests only once it is told to, and tells when so many have come. */
function heldWork(count: number) {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let came = 0;
  return {
    begun: begun.promise,
    end: () => ended.resolve(),
    async rest() {
      came += 1;
      if (came === count) begun.resolve();
      await ended.promise;
      return { status: 200, headers: {}, body: Buffer.alloc(0) };
    },
  };
}

describe('more connections than one address needs', () => {
  /** Opens so many, and waits until no more than those are left. */
  const connections = async (door: TestDoor, count: number, leftAtLast: number) => {
    const sockets = Array.from({ length: count }, () => connect(door.port, '127.0.0.1'));
    // A refused connection is reset; that is what is looked at.
    for (const socket of sockets) socket.on('error', () => socket.destroy());
    const left = () => sockets.filter((socket) => !socket.closed);
    while (left().some(({ connecting }) => connecting) || left().length > leftAtLast) await sleep(20);
    await sleep(100);
    const stayed = left().length;
    for (const socket of sockets) socket.destroy();
    await sleep(100);
    return stayed;
  };

  it('are closed as they come, and are let in again once others have gone', async () => {
    const door = await startDoor({ MAX_CONNECTIONS_PER_ADDRESS: '5' });

    expect(await connections(door, 12, 5)).toBe(5);
    expect(await connections(door, 3, 3)).toBe(3);
    expect((await door.call('/livez')).status).toBe(200);
    await door.stop();
  });

  it('shut out nobody: those that were silent longest make room for who asks', async () => {
    const door = await startDoor({ MAX_CONNECTIONS_PER_ADDRESS: '5' });
    const silent = Array.from({ length: 5 }, () => connect(door.port, '127.0.0.1'));
    for (const socket of silent) socket.on('error', () => socket.destroy());
    await Promise.all(silent.map((socket) => once(socket, 'connect')));

    const statuses = [];
    for (let asked = 0; asked < 10; asked += 1)
      statuses.push((await door.call('/livez', { headers: { connection: 'close' } })).status);

    expect(new Set(statuses)).toEqual(new Set([200]));
    for (const socket of silent) socket.destroy();
    await door.stop();
  });

  it('close none on which something is being answered', async () => {
    const work = heldWork(2);
    const door = await startDoor({ MAX_CONNECTIONS_PER_ADDRESS: '2' }, work);
    const working = [door.call('/images/1'), door.call('/images/2')];
    await work.begun;

    await expect(door.call('/livez')).rejects.toThrow();

    work.end();
    expect((await Promise.all(working)).map(({ status }) => status)).toEqual([200, 200]);
    await door.stop();
  });

  it('are let in from a trusted proxy, which brings everybody', async () => {
    const door = await startDoor({ MAX_CONNECTIONS_PER_ADDRESS: '5', TRUST_PROXY: 'loopback' });

    expect(await connections(door, 12, 12)).toBe(12);
    await door.stop();
  });
});

describe('more requests than can be worked on', () => {
  it('are told to come again, and probes are answered all the same', async () => {
    const work = heldWork(2);
    const door = await startDoor({ MAX_REQUESTS_IN_FLIGHT: '2' }, work);
    const working = [door.call('/images/1'), door.call('/images/2')];
    await work.begun;

    const refused = await door.call('/images/3');
    const probe = await door.call('/livez');
    work.end();

    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ error: 'OverloadedError', status: 503 });
    expect(probe.status).toBe(200);
    for (const answer of working) expect((await answer).status).toBe(200);
    expect((await door.call('/images/4')).status).toBe(200);
    await door.stop();
  });
});

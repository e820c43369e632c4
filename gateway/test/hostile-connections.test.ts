import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectHealth, startVictim, type Victim } from './victim.ts';

const head = (length: number): string =>
  `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
const operation = '{"query":"{ __typename }"}';

/** A connection, and all that it hears. */
interface Line {
  readonly socket: Socket;
  heard: string;
  readonly closed: Promise<void>;
}

describe('a hostile crowd', () => {
  let victim: Victim;
  beforeAll(async () => {
    victim = await startVictim({
      HEADERS_TIMEOUT_SECONDS: '1.5',
      REQUEST_TIMEOUT_SECONDS: '10',
      BODY_IDLE_SECONDS: '1',
      BODIES_IN_HAND_MB: '64',
      // Introspection, which is long, stands in for answers that nobody fetches.
      SANDBOX: 'true',
    });
  });
  afterAll(() => victim.stop());

  function open(): Line {
    const socket = connect({ host: '127.0.0.1', port: victim.port, allowHalfOpen: true });
    const line: Line = {
      socket,
      heard: '',
      closed: new Promise((resolve) => {
        socket.on('close', () => resolve());
      }),
    };
    socket.on('data', (chunk) => {
      line.heard += chunk.toString('latin1').slice(0, 2_000);
    });
    // The victim may break off whenever it likes.
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    return line;
  }

  /** Opens so many, not all at once: what is tried is the server, not the queue of the system before it. */
  async function openMany(count: number): Promise<Line[]> {
    const lines: Line[] = [];
    while (lines.length < count) {
      const some = Array.from({ length: Math.min(250, count - lines.length) }, open);
      await Promise.all(
        some.map(({ socket }) =>
          Promise.race([new Promise((resolve) => socket.once('connect', resolve)), sleep(5_000)]),
        ),
      );
      lines.push(...some);
    }
    return lines;
  }

  const hangUp = async (lines: readonly Line[]): Promise<void> => {
    for (const { socket } of lines) socket.destroy();
    await Promise.all(lines.map(({ closed }) => closed));
  };
  const statusesOf = (lines: readonly Line[]): Set<string> =>
    new Set(lines.map(({ heard }) => /^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? ''));

  it('may hold five thousand connections and say nothing: they are told so, and closed', async () => {
    let lines: Line[] = [];

    const damage = await victim.suffer('5,000 connections', async () => {
      lines = await openMany(5_000);
      expect(lines.every(({ socket }) => !socket.connecting)).toBe(true);
      await Promise.all(lines.map(({ closed }) => closed));
    });

    expectHealth(damage);
    expect(statusesOf(lines)).toEqual(new Set(['408']));
  });

  it('may send headers by the letter: they are given up', async () => {
    let lines: Line[] = [];

    const damage = await victim.suffer('slow headers', async () => {
      lines = await openMany(500);
      for (const { socket } of lines) socket.write('POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-A: ');
      const dripping = setInterval(() => {
        for (const { socket } of lines) if (socket.writable) socket.write('a');
      }, 200);
      await Promise.all(lines.map(({ closed }) => closed));
      clearInterval(dripping);
    });

    expectHealth(damage);
    expect(statusesOf(lines)).toEqual(new Set(['408']));
  });

  it('may send bodies by the letter: they are given up', async () => {
    let lines: Line[] = [];

    const damage = await victim.suffer('slow bodies', async () => {
      lines = await openMany(500);
      for (const { socket } of lines) socket.write(`${head(100_000)}{"query":"`);
      const dripping = setInterval(() => {
        for (const { socket } of lines) if (socket.writable) socket.write('a');
      }, 200);
      await Promise.all(lines.map(({ closed }) => closed));
      clearInterval(dripping);
    });

    expectHealth(damage);
    expect(statusesOf(lines)).toEqual(new Set(['408']));
  });

  it('may begin more large bodies than fit into memory: those that stall make room', async () => {
    const most = 19_000_000;
    const upload = `POST /api/v1/integrations/one_c/stocks HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${most + 1}\r\n\r\n`;
    const bytes = Buffer.alloc(most, 'x');
    let lines: Line[] = [];

    const damage = await victim.suffer('stalled uploads', async () => {
      lines = await openMany(30);
      for (const { socket } of lines) {
        socket.write(upload);
        socket.write(bytes);
      }
      await Promise.all(lines.map(({ closed }) => closed));
    });

    expectHealth(damage);
    const statuses = statusesOf(lines);
    expect(statuses.has('503')).toBe(true);
    expect(statuses.has('200')).toBe(false);
  });

  it.each([
    ['floods of headers', `GET /livez HTTP/1.1\r\nHost: localhost\r\n${'X-A: b\r\n'.repeat(50_000)}\r\n`, '431'],
    ['one endless header', `GET /livez HTTP/1.1\r\nHost: localhost\r\nX-A: ${'b'.repeat(1_000_000)}`, '431'],
    ['an endless address', `GET /${'a'.repeat(1_000_000)}`, '431'],
    ['lengths that disagree', `${head(3)}{}\n`.replace('\r\n\r\n', '\r\nTransfer-Encoding: chunked\r\n\r\n'), '400'],
    ['bytes that are no HTTP', `\x16\x03\x01${'\0\xff'.repeat(5_000)}`, '400'],
  ])('is refused %s', async (name, text, status) => {
    let lines: Line[] = [];

    const damage = await victim.suffer(name, async () => {
      lines = await openMany(150);
      for (const { socket } of lines) socket.write(text, 'latin1');
      await Promise.all(lines.map(({ closed }) => closed));
    });

    expectHealth(damage);
    // Whoever goes on sending may lose the answer with the connection, and is too late on a busy machine.
    expect([...statusesOf(lines)].filter((heard) => !['', '408', status].includes(heard))).toEqual([]);
  });

  it('may reset its connections, or close its half of them: what was asked whole is answered', async () => {
    let halfClosed: Line[] = [];

    const damage = await victim.suffer('reset and half-closed connections', async () => {
      const reset = await openMany(300);
      for (const [i, { socket }] of reset.entries()) {
        // In the middle of headers, of a body, and of the answer.
        socket.write([head(99).slice(0, 40), head(99), `${head(operation.length)}${operation}`][i % 3] ?? '');
      }
      await sleep(50);
      for (const { socket } of reset) socket.resetAndDestroy();
      halfClosed = await openMany(300);
      for (const { socket } of halfClosed) socket.end(`${head(operation.length)}${operation}`);
      await Promise.all([...reset, ...halfClosed].map(({ closed }) => closed));
    });

    expectHealth(damage);
    expect(statusesOf(halfClosed)).toEqual(new Set(['200']));
  });

  it('may leave its answers unread', async () => {
    const schema = JSON.stringify({
      query: '{ __schema { types { name description fields { name description args { name description } } } } }',
    });
    let lines: Line[] = [];

    const damage = await victim.suffer('answers that nobody reads', async () => {
      lines = await openMany(20);
      for (const { socket } of lines) {
        socket.pause();
        socket.write(`${head(schema.length)}${schema}`);
      }
      await sleep(1_500);
    });
    await hangUp(lines);

    expectHealth(damage);
  });
});

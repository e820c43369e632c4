import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError } from './domain-error.ts';
import { createLogger } from './logger.ts';
import { type RemoteSubgraphOptions, remoteSubgraph } from './remote-subgraph.ts';
import { sealHeader } from './sealed-call.ts';
import type { SubgraphOperation, SubgraphRequest, SubgraphTransport } from './subgraph.ts';
import type { Viewer } from './viewer.ts';

type Play = (response: ServerResponse, request: IncomingMessage) => void;

interface Asked {
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const answers =
  (body: unknown, status = 200): Play =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const good = answers({ data: { a: 1 } });
const resets: Play = (_response, request) => request.socket.resetAndDestroy();

const ann: Viewer = { kind: 'user', userId: 'ann', role: 'CUSTOMER' };
const ben: Viewer = { kind: 'user', userId: 'ben', role: 'CUSTOMER' };
const logger = createLogger('test', 'silent');
const by = (viewer: Viewer, more: Partial<SubgraphRequest> = {}): SubgraphRequest => ({
  viewer,
  requestId: 'r-1',
  logger,
  client: { ip: '192.0.2.1' },
  ...more,
});
const query: SubgraphOperation = { query: '{ a }' };
const mutation: SubgraphOperation = { query: 'mutation { a }' };

describe('a subgraph over HTTP', () => {
  const asked: Asked[] = [];
  const sockets = new Set<object>();
  /** What the server does with the next requests, and with all after them. */
  let plays: Play[] = [];
  let usual: Play = good;
  const opened: SubgraphTransport[] = [];
  const server = createServer(async (request, response) => {
    sockets.add(request.socket);
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ url: request.url, headers: request.headers, body });
    (plays.shift() ?? usual)(response, request);
  });
  let origin: string;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await Promise.all(opened.splice(0).map((remote) => remote.close()));
    asked.length = 0;
    sockets.clear();
    plays = [];
    usual = good;
  });
  afterAll(() => {
    server.close();
  });

  let seals = 0;
  function open(options: Partial<RemoteSubgraphOptions> = {}): SubgraphTransport {
    const seal = () => `seal-${++seals}`;
    const remote = remoteSubgraph({ name: 'goods', url: `${origin}/graphql`, timeoutMs: 600_000, seal, ...options });
    opened.push(remote);
    return remote;
  }
  const refusal = (promise: Promise<unknown>): Promise<DomainError> =>
    promise.then(
      () => Promise.reject(new Error('it was answered')),
      (error: unknown) => error as DomainError,
    );
  const untilAsked = async (count: number) => {
    while (asked.length < count) await new Promise(setImmediate);
  };
  /** Answers whoever was left waiting. */
  function hold(): { play: Play; release: () => void; left: Promise<void> } {
    const waiting: ServerResponse[] = [];
    const left = Promise.withResolvers<void>();
    return {
      play: (response) => {
        waiting.push(response);
        response.on('close', () => {
          if (!response.writableFinished) left.resolve();
        });
      },
      release: () => {
        for (const response of waiting) good(response, response.req);
      },
      left: left.promise,
    };
  }

  it('is asked by one POST, over connections that are kept', async () => {
    const remote = open({ url: `${origin}/a/b?c=d` });

    const first = await remote.execute({ query: '{ a }', variables: { b: 'ä"' } }, by(ann));
    for (let i = 0; i < 10; i++) await remote.execute({ query: 'query A { a }', operationName: 'A' }, by(ann));

    expect(first).toEqual({ data: { a: 1 } });
    expect(asked[0]?.url).toBe('/a/b?c=d');
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ query: '{ a }', variables: { b: 'ä"' } });
    expect(JSON.parse(asked[1]?.body ?? '')).toEqual({ query: 'query A { a }', operationName: 'A' });
    expect(asked[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'x-request-id': 'r-1' });
    expect(asked[0]?.headers[sealHeader]).toMatch(/^seal-/);
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it('is told nothing of who asks where there is no seal', async () => {
    await open({ seal: undefined }).execute(query, by(ann));

    expect(asked[0]?.headers).not.toHaveProperty(sealHeader);
  });

  it('may answer an operation with a status of its own', async () => {
    const errors = [{ message: 'No.' }];
    plays = [answers({ errors }, 400)];

    expect(await open().execute(query, by(ann))).toEqual({ errors });
  });

  it.each([502, 503, 504])('is asked again, with a new seal, when a query met status %d', async (status) => {
    plays = [answers('busy', status), answers('busy', status)];

    expect(await open().execute(query, by(ann))).toEqual({ data: { a: 1 } });
    expect(new Set(asked.map(({ headers }) => headers[sealHeader])).size).toBe(3);
  });

  it('is asked three times at the most', async () => {
    usual = answers('busy', 503);

    const error = await refusal(open().execute(query, by(ann)));

    expect(error).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', message: 'The goods subgraph cannot be reached.' });
    expect(error.details?.reason).toContain('HTTP 503');
    expect(asked).toHaveLength(3);
  });

  it('is asked again when the connection broke before anything came', async () => {
    plays = [resets, resets];

    expect(await open().execute(query, by(ann))).toEqual({ data: { a: 1 } });
    expect(asked).toHaveLength(3);
  });

  it('is not asked again when the connection broke within an answer', async () => {
    usual = (response, request) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"data":', () => request.socket.resetAndDestroy());
    };

    expect((await refusal(open().execute(query, by(ann)))).code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(asked).toHaveLength(1);
  });

  it.each<[string, Play]>([
    ['a status', answers('busy', 503)],
    ['a broken connection', resets],
  ])('is sent a mutation once, whatever it met: %s', async (_what, play) => {
    usual = play;

    expect((await refusal(open().execute(mutation, by(ann)))).code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(asked).toHaveLength(1);
  });

  it('is not there where nobody listens', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    gone.close();
    await once(gone, 'close');

    const error = await refusal(open({ url: `http://127.0.0.1:${port}/graphql` }).execute(query, by(ann)));

    expect(error).toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      details: { reason: expect.stringContaining('REFUSED') },
    });
  });

  it.each<[string, Play, string]>([
    ['HTML', answers('<html>hello</html>'), 'no GraphQL: <html>'],
    ['JSON that is cut', answers('{"data":{"a":'), 'no GraphQL'],
    ['JSON of another kind', answers('[1]'), 'no GraphQL'],
    ['nothing', answers(''), 'no GraphQL'],
    ['a refusal of its door', answers({ error: 'UnauthenticatedError', status: 401 }, 401), 'HTTP 401'],
  ])('has not answered who gets %s', async (_what, play, reason) => {
    usual = play;

    const error = await refusal(open().execute(query, by(ann)));

    expect(error).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', details: { reason: expect.stringContaining(reason) } });
    expect(asked).toHaveLength(1);
  });

  it('may answer at length, up to a limit', async () => {
    const data = { text: 'ß'.repeat(400_000) };
    usual = answers({ data });

    expect(await open().execute(query, by(ann))).toEqual({ data });
    const error = await refusal(open({ answerLimit: 500_000 }).execute(query, by(ann)));
    expect(error.details?.reason).toBe('the answer is larger than 500000 bytes');
  });

  it('is waited for as long as it may take, and let go of then', async () => {
    const silence = hold();
    usual = silence.play;

    const error = await refusal(open({ timeoutMs: 1 }).execute(query, by(ann)));

    expect(error).toMatchObject({
      code: 'SUBGRAPH_TIMEOUT',
      message: 'The goods subgraph did not answer within 1 ms.',
    });
  });

  it('is let go of when nobody waits any more, who says why', async () => {
    const silence = hold();
    usual = silence.play;
    const client = new AbortController();

    const answer = refusal(open().execute(mutation, by(ann, { signal: client.signal })));
    await untilAsked(1);
    client.abort(new DomainError('OPERATION_TIMEOUT', 'Enough.'));

    expect((await answer).code).toBe('OPERATION_TIMEOUT');
    await silence.left;
  });

  it('is not asked at all by who has left already', async () => {
    const signal = AbortSignal.abort(new DomainError('OPERATION_TIMEOUT', 'Enough.'));

    for (const sharesQueries of [true, false]) {
      expect((await refusal(open({ sharesQueries }).execute(query, by(ann, { signal })))).code).toBe(
        'OPERATION_TIMEOUT',
      );
    }
    expect(asked).toHaveLength(0);
  });

  describe('that is asked the same by several at once', () => {
    const held = async (remote: SubgraphTransport, requests: [SubgraphOperation, SubgraphRequest][], calls: number) => {
      const holding = hold();
      usual = holding.play;
      const all = requests.map(([operation, request]) => remote.execute(operation, request));
      await untilAsked(calls);
      holding.release();
      return Promise.all(all);
    };

    it('is asked once, and each gets an answer of his own', async () => {
      const [first, second] = await held(
        open({ sharesQueries: true, now: () => 0 }),
        [
          [query, by(ann)],
          [query, by(ann)],
        ],
        1,
      );

      expect(asked).toHaveLength(1);
      expect(second).toEqual(first);
      expect(second?.data).not.toBe(first?.data);
    });

    it.each<[string, [SubgraphOperation, SubgraphRequest][]]>([
      [
        'another',
        [
          [query, by(ann)],
          [query, by(ben)],
        ],
      ],
      [
        'somebody elsewhere',
        [
          [query, by(ann)],
          [query, by(ann, { client: { ip: '192.0.2.2' } })],
        ],
      ],
      [
        'whoever asks something else',
        [
          [query, by(ann)],
          [{ query: '{ b: a }' }, by(ann)],
        ],
      ],
      [
        'whoever asks of something else',
        [
          [{ ...query, variables: { id: 1 } }, by(ann)],
          [{ ...query, variables: { id: 2 } }, by(ann)],
        ],
      ],
      [
        'whoever changes something',
        [
          [mutation, by(ann)],
          [mutation, by(ann)],
        ],
      ],
      [
        'a part of the product',
        [
          [query, by({ kind: 'internal', name: 'orders' })],
          [query, by({ kind: 'internal', name: 'orders' })],
        ],
      ],
    ])('is asked by %s apart', async (_who, requests) => {
      await held(open({ sharesQueries: true, now: () => 0 }), requests, 2);

      expect(asked).toHaveLength(2);
    });

    it('is asked by each where sharing is off', async () => {
      await held(
        open({ now: () => 0 }),
        [
          [query, by(ann)],
          [query, by(ann)],
        ],
        2,
      );

      expect(asked).toHaveLength(2);
    });

    it('is waited for by those who stay when one leaves, and let go of when the last does', async () => {
      const remote = open({ sharesQueries: true, now: () => 0 });
      const silence = hold();
      usual = silence.play;
      const [one, other] = [new AbortController(), new AbortController()];

      const first = refusal(remote.execute(query, by(ann, { signal: one.signal })));
      const second = refusal(remote.execute(query, by(ann, { signal: other.signal })));
      await untilAsked(1);
      one.abort(new DomainError('OPERATION_TIMEOUT', 'The first left.'));

      expect((await first).message).toBe('The first left.');
      other.abort(new DomainError('OPERATION_TIMEOUT', 'The second left.'));
      expect((await second).message).toBe('The second left.');
      await silence.left;
      usual = good;
      expect(await remote.execute(query, by(ann))).toEqual({ data: { a: 1 } });
      expect(asked).toHaveLength(2);
    });

    it('answers those who come after a change from after it', async () => {
      const remote = open({ sharesQueries: true, now: () => 0 });
      const elsewhere = open();
      const before = hold();
      plays = [before.play];

      const first = remote.execute(query, by(ann));
      await untilAsked(1);
      await elsewhere.execute(mutation, by(ann));
      await remote.execute(query, by(ann));
      before.release();
      await first;

      expect(asked).toHaveLength(3);
    });

    it('answers nobody from a tenth of a second before', async () => {
      let now = 0;
      const remote = open({ sharesQueries: true, now: () => now });
      const before = hold();
      plays = [before.play];

      const first = remote.execute(query, by(ann));
      await untilAsked(1);
      now = 101;
      await remote.execute(query, by(ann));
      before.release();
      await first;

      expect(asked).toHaveLength(2);
    });
  });

  describe('that keeps failing', () => {
    const failing = answers('broken', 500);
    let now: number;
    async function broken(): Promise<SubgraphTransport> {
      now = 0;
      const remote = open({ now: () => now });
      usual = answers('busy', 503);
      for (let i = 0; i < 10; i++) await refusal(remote.execute(mutation, by(ann)));
      return remote;
    }

    it('is left alone at once, and asked by one alone after a rest', async () => {
      const remote = await broken();
      usual = good;

      const error = await refusal(remote.execute(query, by(ann)));
      expect(error.message).toBe('The goods subgraph has not answered for a while.');
      expect(error.code).toBe('SUBGRAPH_UNAVAILABLE');
      expect(asked).toHaveLength(10);

      now = 5_000;
      const holding = hold();
      plays = [holding.play];
      const probe = remote.execute(query, by(ann));
      await untilAsked(11);
      expect((await refusal(remote.execute(query, by(ben)))).code).toBe('SUBGRAPH_UNAVAILABLE');
      holding.release();
      expect(await probe).toEqual({ data: { a: 1 } });

      await remote.execute(query, by(ben));
      expect(asked).toHaveLength(12);
    });

    it('rests again after a probe that failed, not after one that left', async () => {
      const remote = await broken();
      now = 5_000;
      await refusal(remote.execute(query, by(ann)));
      usual = good;

      now = 9_999;
      expect((await refusal(remote.execute(query, by(ann)))).code).toBe('SUBGRAPH_UNAVAILABLE');
      now = 10_000;
      const signal = AbortSignal.abort(new DomainError('OPERATION_TIMEOUT', 'Enough.'));
      await refusal(remote.execute(query, by(ann, { signal })));

      expect(await remote.execute(query, by(ann))).toEqual({ data: { a: 1 } });
    });

    it('is not left alone for clients that leave, for errors of operations, or while most is answered', async () => {
      const remote = open({ now: () => 0 });
      const signal = AbortSignal.abort(new DomainError('OPERATION_TIMEOUT', 'Enough.'));
      for (let i = 0; i < 20; i++) await refusal(remote.execute(query, by(ann, { signal })));
      usual = failing;
      for (let i = 0; i < 20; i++) await refusal(remote.execute(query, by(ann)));
      usual = answers('busy', 503);
      for (let i = 0; i < 15; i++) await refusal(remote.execute(mutation, by(ann)));
      usual = good;

      expect(await remote.execute(query, by(ann))).toEqual({ data: { a: 1 } });
    });

    it('is forgiven what it failed long ago', async () => {
      now = 0;
      const remote = open({ now: () => now });
      usual = answers('busy', 503);
      for (let i = 0; i < 9; i++) await refusal(remote.execute(mutation, by(ann)));
      now = 10_000;
      for (let i = 0; i < 9; i++) await refusal(remote.execute(mutation, by(ann)));
      usual = good;

      expect(await remote.execute(query, by(ann))).toEqual({ data: { a: 1 } });
    });
  });

  it('gets REST requests as they are, and tells of its health', async () => {
    const remote = open();
    plays = [answers({ ok: true }, 201), answers({ queue: { status: 'pass' } }), answers({}), answers({}, 503)];

    const rest = {
      method: 'PUT',
      url: '/images/1?a=b',
      headers: { 'x-a': ['1', '2'], 'x-request-id': 'theirs' },
      body: Buffer.from('x'),
    };
    const answer = await remote.rest(rest, by(ann));

    expect(answer).toMatchObject({ status: 201, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(answer.body.toString())).toEqual({ ok: true });
    expect(asked[0]).toMatchObject({
      url: '/rest/images/1?a=b',
      body: 'x',
      headers: { 'x-a': '1, 2', 'x-request-id': 'r-1' },
    });
    expect(await remote.checks()).toEqual({ queue: { status: 'pass' } });
    await remote.ready();
    expect((await refusal(remote.ready())).message).toBe('The goods subgraph is not ready.');
  });
});

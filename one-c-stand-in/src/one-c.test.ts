import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { type OneC, type OneCOptions, startOneC } from './one-c.ts';

interface Received {
  readonly token: string | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const received: Received[] = [];
const shop = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  received.push({
    token: new URL(request.url ?? '', 'http://shop').searchParams.get('token'),
    headers: request.headers,
    body,
  });
  response.end('{"message":"thanks"}');
});
let address: string;
let oneC: OneC;

beforeEach(async () => {
  received.length = 0;
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
  address = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/stocks`;
});
afterEach(async () => {
  await oneC.stop();
  shop.closeAllConnections();
  shop.close();
});

const begin = async (options: Partial<OneCOptions> = {}) => {
  oneC = await startOneC({
    stocks: { '001': { 'A-1': 150, 'B-2': '12,5' } },
    secret: 'agreed',
    delayMs: 5,
    ...options,
  });
};
const trigger = (warehouse: unknown = '001', token = 'a') =>
  fetch(`${oneC.url}/api/stocks/sync`, {
    method: 'POST',
    body: JSON.stringify({ warehouse_id_1c: warehouse, callback_url: `${address}?token=${token}` }),
  });
const control = (path: string) => fetch(`${oneC.url}/control/${path}`, { method: 'POST' });
const payloads = () => received.map(({ body }) => JSON.parse(body.toString()));

describe('the 1C stand-in', () => {
  it('accepts a trigger at once, and calls back with the stock of the warehouse and the secret', async () => {
    await begin();

    const accepted = await trigger();
    const before = received.length;
    await oneC.idle();

    expect([accepted.status, before]).toEqual([202, 0]);
    expect(payloads()).toEqual([
      {
        warehouse_id_1c: 1,
        items: [
          { nomenclature_code: 'A-1', quantity: 150 },
          { nomenclature_code: 'B-2', quantity: '12,5' },
        ],
      },
    ]);
    expect(received[0]).toMatchObject({ token: 'a', headers: { authorization: 'Bearer agreed' } });
    expect(oneC.triggers).toMatchObject([{ warehouseId: '001', callbackUrl: `${address}?token=a`, status: 202 }]);
    expect(oneC.callbacks).toMatchObject([
      { warehouseId: '001', items: 2, status: 200, answer: '{"message":"thanks"}' },
    ]);
  });

  it.each([1, '1', '001', '000000001'])('knows warehouse %j with and without zeros', async (warehouse) => {
    await begin();

    expect((await trigger(warehouse)).status).toBe(202);
  });

  it.each([
    ['another warehouse', JSON.stringify({ warehouse_id_1c: 7, callback_url: 'http://127.0.0.1:1/' }), 404],
    ['no warehouse', '{"callback_url":"http://127.0.0.1:1/"}', 400],
    ['an address that is none', '{"warehouse_id_1c":1,"callback_url":"file:///etc/passwd"}', 400],
    ['a body that is no JSON', '{"warehouse', 400],
    ['a body that is no object', 'null', 400],
  ])('refuses %s', async (_what, body, status) => {
    await begin();

    const answer = await fetch(`${oneC.url}/api/stocks/sync`, { method: 'POST', body });
    await oneC.idle();

    expect(answer.status).toBe(status);
    expect(oneC.callbacks).toEqual([]);
  });

  it('sends the numbers of the moment in which it calculates, and says when if asked to', async () => {
    await begin({ observedAt: true });
    oneC.set('1', 'A-1', 149);

    await oneC.tell('001', address);

    expect(payloads()[0].items[0]).toEqual({ nomenclature_code: 'A-1', quantity: 149 });
    expect(Math.abs(Date.now() - Date.parse(payloads()[0].observed_at))).toBeLessThan(5_000);
  });

  it('signs the body as Standard Webhooks do', async () => {
    await begin({ secretIn: 'signature' });

    await oneC.tell('001', address);

    const { headers, body } = received[0] as Received;
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body.toString()}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', 'agreed').update(signed).digest('base64')}`);
    expect(headers.authorization).toBeUndefined();
  });

  it('writes windows-1251, as an old 1C does', async () => {
    await begin({ encoding: 'windows-1251', secretIn: 'header', stocks: { ЦБ01: { Ж1: 2 } } });

    await oneC.tell('ЦБ01', address);

    const { headers, body } = received[0] as Received;
    expect(JSON.parse(iconv.decode(body, 'windows-1251')).items).toEqual([{ nomenclature_code: 'Ж1', quantity: 2 }]);
    expect(headers).toMatchObject({
      'x-webhook-secret': 'agreed',
      'content-type': 'application/json; charset=windows-1251',
    });
  });

  it('calculates one after the other when it is weak', async () => {
    await begin({ oneAtATime: true, delayMs: 60 });
    const from = performance.now();

    await Promise.all([trigger(), trigger(), trigger()]);
    await oneC.idle();

    expect(performance.now() - from).toBeGreaterThan(170);
    expect(received).toHaveLength(3);
  });

  it('sells, so that a watcher sees stock move', async () => {
    const sales: unknown[] = [];
    await begin({ sellEveryMs: 5, stocks: { '001': { 'A-1': 150 } }, onSale: (sale) => sales.push(sale) });

    while (sales.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));

    expect(oneC.quantity('001', 'A-1')).toBeLessThan(150);
  });
});

describe('a fault of the 1C stand-in', () => {
  it.each([
    ['error', 500],
    ['down', null],
    ['silent', 202],
  ] as const)('%s: the trigger is answered with %s, and nothing comes', async (fault, status) => {
    await begin({ fault });

    const answer = await trigger().then(
      (response) => response.status,
      () => null,
    );
    await oneC.idle();

    expect(answer).toBe(status);
    expect(oneC.triggers).toMatchObject([{ status }]);
    expect(received).toEqual([]);
  });

  it('hangs: the trigger has no answer', async () => {
    await begin({ fault: 'hangs' });
    const signal = AbortSignal.timeout(50);

    await expect(
      fetch(`${oneC.url}/api/stocks/sync`, {
        method: 'POST',
        body: '{"warehouse_id_1c":1,"callback_url":"http://127.0.0.1/"}',
        signal,
      }),
    ).rejects.toThrow();
  });

  it.each([
    ['twice', 'switched on while it calculates', ['Bearer agreed', 'Bearer agreed']],
    ['wrong-secret', 'switched on while it calculates', ['Bearer not-agreed']],
  ] as const)('%s may be %s', async (fault, _when, secrets) => {
    // Long enough for a busy machine to switch in time.
    await begin({ delayMs: 1_000 });
    await trigger();

    const switched = await control(`fault/${fault}`);
    await oneC.idle();

    expect(switched.status).toBe(200);
    expect(received.map(({ headers }) => headers.authorization)).toEqual(secrets);
  });

  it('truncated: the JSON ends in the middle', async () => {
    await begin({ fault: 'truncated' });

    await oneC.tell('001', address);

    expect(payloads).toThrow(SyntaxError);
  });

  it('out-of-order: the second answer comes first, the first with the numbers of its own time', async () => {
    await begin({ fault: 'out-of-order' });
    await trigger('001', 'first');
    await oneC.idle();
    await control('stock/001/A-1/7');
    await trigger('001', 'second');
    await oneC.idle();

    expect(received.map(({ token }) => token)).toEqual(['second', 'first']);
    expect(payloads().map(({ items }) => items[0].quantity)).toEqual([7, 150]);
  });

  it('out-of-order: what is held back is sent when the fault is over', async () => {
    await begin({ fault: 'out-of-order' });
    await trigger();
    await oneC.idle();
    const held = received.length;

    oneC.fault = 'none';
    await oneC.idle();

    expect([held, received.length]).toEqual([0, 1]);
  });

  it('that there is not is refused, and one can ask which there are', async () => {
    await begin();

    const refused = await control('fault/fire');
    const state = await (await fetch(`${oneC.url}/control`)).json();

    expect([refused.status, oneC.fault]).toEqual([400, 'none']);
    expect(state).toMatchObject({ fault: 'none', faults: { silent: expect.any(String) }, triggers: [], callbacks: [] });
  });
});

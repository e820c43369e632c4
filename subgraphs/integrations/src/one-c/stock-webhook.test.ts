import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { items, OneCGraph, oneCSecret } from '../testing/one-c-graph.ts';

let shop: OneCGraph;

beforeAll(async () => {
  shop = await OneCGraph.open({ ONE_C_WEBHOOK_SECRETS: `${oneCSecret}, the-former-secret`, UPLOAD_LIMIT_MB: '0.01' });
});
afterAll(() => shop.subgraph.close());
beforeEach(() => {
  shop.inventory.stock.clear();
});

const payload = { warehouse_id_1c: 1, items: items({ 'SKU-12345': 150.0, 'SKU-67890': 0.0 }) };
const kept = async (): Promise<number> => (await shop.do('list', { first: 0 })).totalCount;

describe('the webhook', () => {
  it('takes the callback of the document, and applies it from the queue', async () => {
    const { status, body } = await shop.post({ body: payload });
    const delivery = await shop.settled(body.deliveryId);

    expect(status).toBe(200);
    expect(body).toEqual({
      message: 'data received and queued for processing',
      deliveryId: expect.stringMatching(/^\d+$/),
    });
    expect(delivery).toMatchObject({ status: 'APPLIED', warehouse: '001', items: 2, applied: 2, rejected: 0 });
    expect(delivery).toMatchObject({ failure: null, attempts: 1, body: JSON.stringify(payload), requestedAt: null });
    expect(delivery.run).toMatchObject({ source: 'one_c', mode: 'DELTA', status: 'FINISHED', counts: { received: 2 } });
    expect([...shop.inventory.stock]).toEqual([
      ['1:SKU-12345', '150.000'],
      ['1:SKU-67890', '0.000'],
    ]);
  });

  it('keeps the bytes and enqueues their application in one short transaction', async () => {
    await shop.bring(payload);
    shop.subgraph.statements();

    await shop.post({ body: payload });

    const until = shop.subgraph.statements();
    expect(until.slice(0, until.indexOf('COMMIT') + 1).map((sql) => sql.trim().split(/[\s(]/)[0])).toEqual([
      'START',
      'INSERT',
      expect.stringMatching(/^(WITH|INSERT|SELECT)$/),
      'COMMIT',
    ]);
  });
});

describe('the sender', () => {
  it.each([
    ['a bearer of the current secret', { authorization: `Bearer ${oneCSecret}` }],
    ['a bearer of the former one', { authorization: 'bearer the-former-secret' }],
    ['the current secret in X-Webhook-Secret', { authorization: '', 'x-webhook-secret': oneCSecret }],
    ['the former one there', { authorization: '', 'x-webhook-secret': 'the-former-secret' }],
  ])('is let in with %s', async (_says, headers) => {
    expect((await shop.post({ body: payload, headers })).status).toBe(200);
  });

  it.each([
    ['nothing', { authorization: '' }],
    ['a wrong secret', { authorization: 'Bearer wrong' }],
    ['a wrong one in X-Webhook-Secret', { authorization: '', 'x-webhook-secret': 'wrong' }],
    ['the secret without a scheme', { authorization: oneCSecret }],
    ['both secrets as they are set', { authorization: `Bearer ${oneCSecret}, the-former-secret` }],
  ])('is refused with %s, and nothing is kept', async (_says, headers) => {
    const before = await kept();

    const { status, body } = await shop.post({ body: payload, headers });

    expect(status).toBe(401);
    expect(body).toEqual({
      error: 'UnauthenticatedError',
      message: expect.any(String),
      status: 401,
      timestamp: expect.any(String),
      requestId: 'test',
    });
    expect(await kept()).toBe(before);
  });

  it('is nobody where no secret is set in production, and is told why', async () => {
    const closed = await OneCGraph.open({
      ENVIRONMENT: 'production',
      ENCRYPTION_KEYS: 'k1:a-key-of-production-that-is-long-enough',
      ONE_C_WEBHOOK_SECRETS: '',
    });
    const { status, body } = await closed.post({ body: payload });
    await closed.subgraph.close();

    expect(status).toBe(503);
    expect(body.message).toContain('ONE_C_WEBHOOK_SECRETS is not set');
  });
});

describe('a signed message', () => {
  const base64 = (secret: string) => Buffer.from(secret).toString('base64');
  const signed = (webhook: Webhook, id: string, at = new Date(), body = JSON.stringify(payload)) => ({
    authorization: '',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': webhook.sign(id, at, body),
  });

  it.each([
    ['the current secret', new Webhook(base64(oneCSecret))],
    ['the former one', new Webhook(`whsec_${base64('the-former-secret')}`)],
  ])('is taken, as the library of Standard Webhooks makes it with %s', async (says, webhook) => {
    expect((await shop.post({ body: payload, headers: signed(webhook, says) })).status).toBe(200);
  });

  it.each([
    ['other bytes', signed(new Webhook(base64(oneCSecret)), 'm', new Date(), '{}')],
    ['another key', signed(new Webhook(base64('another')), 'm')],
    ['an old time', signed(new Webhook(base64(oneCSecret)), 'm', new Date(Date.now() - 6 * 60_000))],
    ['a time to come', signed(new Webhook(base64(oneCSecret)), 'm', new Date(Date.now() + 6 * 60_000))],
    ['no id', { ...signed(new Webhook(base64(oneCSecret)), 'm'), 'webhook-id': '' }],
    ['no version', { ...signed(new Webhook(base64(oneCSecret)), 'm'), 'webhook-signature': 'abc' }],
    [
      'a right secret beside a wrong signature',
      { 'webhook-id': 'm', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' },
    ],
  ])('of %s is refused, and nothing is kept', async (_says, headers) => {
    const before = await kept();

    expect((await shop.post({ body: payload, headers })).status).toBe(401);
    expect(await kept()).toBe(before);
  });

  it('that is sent again is the same message', async () => {
    const headers = signed(new Webhook(base64(oneCSecret)), 'msg-1');
    const first = await shop.bring(payload, { headers });
    const again = await shop.bring(payload, { headers });

    expect(first.status).toBe('APPLIED');
    expect(again).toMatchObject({ status: 'DUPLICATE', run: null });
    expect(again.failure.message).toContain(`delivery ${first.id}`);
  });

  it('in windows-1251 is verified by its bytes', async () => {
    const body = Buffer.concat([
      Buffer.from('{"warehouse_id_1c":1,"items":[{"nomenclature_code":"'),
      Buffer.from([0xd1, 0xfb, 0xf0]),
      Buffer.from('","quantity":1}]}'),
    ]);
    const { createHmac } = await import('node:crypto');
    const at = String(Math.floor(Date.now() / 1000));
    const mac = createHmac('sha256', oneCSecret).update(`m-1251.${at}.`).update(body).digest('base64');
    const headers = {
      authorization: '',
      'content-type': 'application/json; charset=windows-1251',
      'webhook-id': 'm-1251',
      'webhook-timestamp': at,
      'webhook-signature': `v1,${mac}`,
    };

    expect((await shop.bring(body, { headers })).status).toBe('APPLIED');
    expect([...shop.inventory.stock]).toEqual([['1:Сыр', '1.000']]);
  });
});

describe('what is no callback at all', () => {
  it.each([
    ['another type', { 'content-type': 'text/xml' }, '{}', 415, 'text/xml came'],
    ['no type', { 'content-type': '' }, '{}', 415, 'Send a `Content-Type`'],
    ['no type that is one', { 'content-type': 'json' }, '{}', 415, '`Content-Type'],
    ['a compressed body', { 'content-encoding': 'gzip' }, '{}', 415, 'Content-Encoding'],
    ['too large a body', {}, JSON.stringify({ items: ['x'.repeat(20_000)] }), 413, 'larger than 0 MB'],
  ])('%s is refused, and nothing is kept', async (_says, headers, body, status, message) => {
    const before = await kept();

    const answer = await shop.post({ headers: headers as Record<string, string>, body });

    expect(answer.body).toMatchObject({ status, message: expect.stringContaining(message) });
    expect(answer.status).toBe(status);
    expect(await kept()).toBe(before);
  });

  it.each([
    ['a truncated body', JSON.stringify(payload).slice(0, -20), 'BAD_JSON', 'not complete, valid JSON'],
    ['an empty body', '', 'BAD_JSON', 'empty'],
    ['a list', '[]', 'BAD_PAYLOAD', 'must be an object'],
    ['an object without items', '{"warehouse_id_1c":1}', 'BAD_PAYLOAD', 'must be an object'],
    ['a word', '"stock"', 'BAD_PAYLOAD', 'must be an object'],
    [
      'bytes of windows-1251 that do not say so',
      Buffer.from([0x7b, 0xd1, 0x7d]),
      'BAD_ENCODING',
      'charset=windows-1251',
    ],
  ])('%s is answered 400, and kept for admins', async (_says, body, code, message) => {
    const answer = await shop.post({ body });
    const { nodes } = await shop.do('list', { first: 1 });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: 'BadRequestError', message: expect.stringContaining(message) });
    expect(answer.body.message).toContain(`kept as delivery ${nodes[0].id}`);
    expect(nodes[0]).toMatchObject({ status: 'FAILED', failure: { code }, run: null, attempts: 0 });
    expect(shop.inventory.stock.size).toBe(0);
  });

  it('a body with a byte order mark, or in a declared charset, is read as what it is', async () => {
    const text = '{"warehouse_id_1c":"001","items":[{"nomenclature_code":"a","quantity":1}]}';

    const marked = await shop.bring(Buffer.from(`\ufeff${text}`));
    const utf16 = await shop.bring(Buffer.from(text, 'utf16le'), {
      headers: { 'content-type': 'application/json; charset=utf-16le' },
    });

    expect([marked.status, utf16.status]).toEqual(['APPLIED', 'APPLIED']);
    expect(utf16.body).toBe(text);
  });

  it.each([
    [
      'a million brackets',
      `{"warehouse_id_1c":1,"items":[{"nomenclature_code":"a","quantity":${'['.repeat(2_000)}${']'.repeat(2_000)}}]}`,
    ],
    [
      'keys of the prototype',
      '{"warehouse_id_1c":1,"items":[{"__proto__":{"quantity":1},"constructor":1,"nomenclature_code":"a"}]}',
    ],
  ])('%s do no harm', async (_says, body) => {
    const delivery = await shop.bring(body);

    expect(delivery).toMatchObject({ status: 'FAILED', failure: { code: 'NO_ROW_APPLIED' }, rejected: 1 });
    expect(delivery.run.rejectedRows.nodes[0].errors[0].code).toBe('INVALID_NUMBER');
    expect(({} as Record<string, unknown>).quantity).toBeUndefined();
  });
});

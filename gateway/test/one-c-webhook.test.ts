import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes } from './harness.ts';
import { ShopWithOneC, secret } from './one-c-harness.ts';

/** Windows-1251 as far as the tests need it: ASCII and А to я. */
const cp1251 = (text: string): Buffer =>
  Buffer.from(
    [...text].map((letter) => letter.charCodeAt(0)).map((code) => (code < 0x80 ? code : code - 0x410 + 0xc0)),
  );

const count = (code: string, quantity: unknown) => ({ nomenclature_code: code, quantity });

describe.each(modes)('the webhook of 1C on the public port, %s', (mode) => {
  let shop: ShopWithOneC;
  beforeAll(async () => {
    shop = await ShopWithOneC.open(mode);
    await shop.stocked({ 'A-1': 1, 'B-2': 2, 'Хлеб-3': 3 }, 5);
  });
  afterAll(() => shop.stop());

  it('is answered at once, and applied from the queue', async () => {
    const body = { warehouse_id_1c: 1, items: [count('A-1', 150), count('B-2', '12,5'), count('Хлеб-3', '1 234.500')] };

    const { status, body: answer } = await shop.post(body);
    const delivery = await shop.delivery(answer.deliveryId);

    expect({ status, message: answer.message }).toEqual({
      status: 200,
      message: 'data received and queued for processing',
    });
    expect(delivery).toMatchObject({ status: 'APPLIED', warehouse: '001', items: 3, applied: 3, rejected: 0 });
    expect(await shop.shelf()).toEqual(['A-1 150', 'B-2 12.5', 'Хлеб-3 1234.5']);
  });

  it.each([
    [1, 11],
    ['1', 12],
    ['001', 13],
    ['000000001', 14],
  ])('knows the warehouse %j', async (warehouse, quantity) => {
    const { body } = await shop.post({ warehouse_id_1c: warehouse, items: [count('A-1', quantity)] });

    expect(await shop.delivery(body.deliveryId)).toMatchObject({ status: 'APPLIED', warehouse: '001' });
    expect((await shop.shelf())[0]).toBe(`A-1 ${quantity}`);
  });

  it('reads windows-1251 that says so, and keeps for a look what does not', async () => {
    const body = cp1251(JSON.stringify({ warehouse_id_1c: 1, items: [count('Хлеб-3', 31)] }));

    const said = await shop.post(body, {
      'x-webhook-secret': secret,
      'content-type': 'application/json; charset=windows-1251',
    });
    const unsaid = await shop.post(body, { 'x-webhook-secret': secret });

    expect((await shop.delivery(said.body.deliveryId)).status).toBe('APPLIED');
    expect((await shop.shelf())[2]).toBe('Хлеб-3 31');
    expect(unsaid).toMatchObject({ status: 400, body: { message: expect.stringContaining('charset=windows-1251') } });
    expect((await shop.deliveries())[0]).toMatchObject({ status: 'FAILED', failure: { code: 'BAD_ENCODING' } });
  });

  it('refuses what is no payload, each with its reason, and moves nothing', async () => {
    const before = await shop.shelf();
    const good = JSON.stringify({ warehouse_id_1c: 1, items: [count('A-1', 999)] });
    const bearer = { authorization: `Bearer ${secret}` };

    const answers = [
      await shop.post(good, {}),
      await shop.post(good, { authorization: 'Bearer guess' }),
      await shop.post(good, { ...bearer, 'content-type': 'application/x-www-form-urlencoded' }),
      await shop.post(good.slice(0, 30), bearer),
      await shop.post('[]', bearer),
      await shop.post(`${good.slice(0, -1)}${' '.repeat(20 * 1024 * 1024)}}`, bearer),
    ];

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 415, 400, 400, 413]);
    for (const { status, body } of answers)
      expect(body).toMatchObject({ status, error: expect.any(String), message: expect.any(String) });
    expect(answers[5]?.body.message).toContain('20 MB');
    expect(await shop.shelf()).toEqual(before);
  });

  it('applies the rows that are counts, and tells of those that are none', async () => {
    const { body } = await shop.post({ warehouse_id_1c: 1, items: [count('A-1', 'many'), count('B-2', 5)] });

    expect(await shop.delivery(body.deliveryId)).toMatchObject({ status: 'PARTLY_APPLIED', applied: 1, rejected: 1 });
    expect((await shop.shelf())[1]).toBe('B-2 5');
  });

  it('keeps what is of an unknown warehouse, for a replay once it is declared', async () => {
    const { body } = await shop.post({ warehouse_id_1c: '077', items: [count('A-1', 77)] });
    const failed = await shop.delivery(body.deliveryId);
    await shop.graph.query(
      'mutation ($input: SyncWarehousesInput!) { syncWarehouses(input: $input) { userErrors { message } } }',
      { input: { source: 'shop', items: [{ externalId: '077', name: 'Far away' }] } },
      shop.graph.tokens.service,
    );
    await shop.replay(body.deliveryId);

    expect(failed).toMatchObject({ status: 'FAILED', failure: { code: 'UNKNOWN_WAREHOUSE' } });
    expect(await shop.delivery(body.deliveryId)).toMatchObject({ status: 'APPLIED', warehouse: '077' });
  });
});

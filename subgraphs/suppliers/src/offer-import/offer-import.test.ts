import { catalogue, line, price } from '@gastronom/pricelist/testing/catalogue';
import { createLogger } from '@gastronom/shared/logger';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { houseId } from '../supplier/supplier.entity.ts';
import { Marketplace, people } from '../testing/marketplace.ts';

let market: Marketplace;

beforeAll(async () => {
  market = await Marketplace.open();
});
afterEach(() => market.empty());
afterAll(() => market.close());

interface Sending {
  readonly person?: keyof typeof people;
  readonly query?: string;
  readonly headers?: Record<string, string>;
}

const send = async (content: string | Buffer, { person = 'fishHand', query = '', headers = {} }: Sending = {}) => {
  const url = `/api/v1/suppliers/offers${query}`;
  const given = {
    method: 'POST',
    url,
    headers: { 'content-type': 'text/csv', ...headers },
    body: Buffer.from(content),
  };
  const context = { viewer: people[person], requestId: 'test', logger: createLogger('test', 'silent') };
  const { status, body } = await market.subgraph.transport.rest(given, context);
  return { status, ...JSON.parse(body.toString()) };
};
const stored = () =>
  market.subgraph.ownerQuery<Record<string, unknown>>(
    `SELECT o.*, (SELECT json_agg(json_build_array(p.from_quantity::float, p.amount::float, p.valid_until) ORDER BY p.from_quantity)
      FROM suppliers.offer_prices p WHERE p.offer_id = o.id) AS prices FROM suppliers.offers o ORDER BY supplier_sku`,
  );
const list = [
  'Artikelnummer;Benämning;Förpackning;Basenhet;Innehåll;Pris;Från antal;Giltig till',
  'T-5;Torsk;låda;kg;5;249,50;;2026-12-31',
  'T-5;;;;;229,50;10;',
  'S-1;Sill;hink;kg;x;80;;',
].join('\n');

describe('a price list that a supplier sends', () => {
  it('makes offers of a table, tells what is wrong by the line, and changes nothing the second time', async () => {
    const fishery = await market.supplier('fishery');

    const first = await send(list);

    expect(first).toMatchObject({
      ...{ status: 200, supplierId: fishery, format: 'csv', created: 1, updated: 0, unchanged: 0, rejected: 1 },
      results: [
        { index: 0, line: 2, supplierSku: 'T-5', outcome: 'CREATED', errors: [] },
        { index: 1, line: 4, supplierSku: 'S-1', outcome: 'REJECTED', offerId: null },
      ],
    });
    expect(first.results[1].errors).toMatchObject([{ code: 'INVALID_NUMBER', field: 'packSize' }]);
    const offers = await stored();
    // The last day counts whole, where the supplier is.
    expect(offers).toMatchObject([
      {
        ...{ id: first.results[0].offerId, name: 'Torsk', unit: 'låda', base_unit: 'KILOGRAM', pack_size: '5.000' },
        prices: [
          [0, 249.5, '2026-12-31T23:00:00+00:00'],
          [10, 229.5, null],
        ],
      },
    ]);

    expect(await send(list)).toMatchObject({ created: 0, unchanged: 1, rejected: 1, replayed: false });
    expect(await stored()).toEqual(offers);
  });

  it('reads a Peppol Catalogue, whose lines change offers whole and take them off the list', async () => {
    await market.supplier('fishery');
    const terms = '<cbc:OrderableUnit>XCS</cbc:OrderableUnit><cbc:MinimumOrderQuantity>3</cbc:MinimumOrderQuantity>';
    const headers = { 'content-type': 'application/xml' };

    const first = await send(catalogue(line({ id: 'A', terms }) + line({ id: 'B' })), { headers });
    const later = catalogue(line({ id: 'A', price: price('99.90') }) + line({ id: 'B', action: 'Delete' }));
    const second = await send(later, { headers });
    const again = await send(later, { headers });

    expect([first.created, second.updated, again.unchanged]).toEqual([2, 2, 2]);
    expect(await stored()).toMatchObject([
      { supplier_sku: 'A', minimum_quantity: '1.000', removed_at: null, prices: [[0, 99.9, null]] },
      { supplier_sku: 'B', removed_at: expect.any(Date) },
    ]);
    const euros = await send(catalogue(line({ id: 'A' })).replace('SEK', 'EUR'));
    expect(euros.results).toMatchObject([{ outcome: 'REJECTED', errors: [{ code: 'BAD_CURRENCY' }] }]);
  });

  it('gets its first answer again by its key, is told beforehand what it would do, and knows what is late', async () => {
    await market.supplier('fishery');
    const headers = { 'idempotency-key': 'week-47' };

    const tried = await send(list, { query: '?dryRun=true', headers });
    expect(tried).toMatchObject({ dryRun: true, created: 1 });
    expect(await stored()).toEqual([]);
    const first = await send(list, { headers });
    expect(await send(list, { headers })).toEqual({ ...first, replayed: true });
    expect(await send(list.replace('249', '259'), { headers })).toMatchObject({ status: 409 });
    const late = new Date(market.clock.now - 60_000).toISOString();
    expect(await send(list.replace('249', '259'), { query: `?observedAt=${late}` })).toMatchObject({ stale: 1 });
  });

  it('is read in the charset that it is said to be in', async () => {
    await market.supplier('fishery');
    const bytes = Buffer.from('sku;name;price\nA;Räksallad;10', 'latin1');

    await send(bytes, { headers: { 'content-type': 'text/csv; charset=windows-1252' } });

    expect(await stored()).toMatchObject([{ name: 'Räksallad' }]);
  });

  it('is taken from who sells', async () => {
    const fishery = await market.supplier('fishery');
    await market.supplier('dairy');
    const statusOf = async (person: keyof typeof people, query = '') => (await send(list, { person, query })).status;

    expect(await statusOf('anonymous')).toBe(401);
    for (const person of ['customer', 'bistro', 'service'] as const) expect(await statusOf(person)).toBe(403);
    expect(await statusOf('milkmaid', `?supplier=${fishery}`)).toBe(404);
    expect(await statusOf('staff', `?supplier=${fishery}`)).toBe(404);
    for (const person of ['admin', 'offersKey'] as const) expect(await statusOf(person)).toBe(404);
    expect(await statusOf('admin', `?supplier=${houseId}`)).toBe(400);
    expect(await stored()).toEqual([]);
    expect(await statusOf('offersKey', `?supplier=${fishery}`)).toBe(200);
    expect(await statusOf('admin', `?supplier=${fishery}`)).toBe(200);
  });

  it('is refused whole where it is broken, hostile, too long or no price list', async () => {
    await market.supplier('fishery');
    const long = ['sku;name', ...Array.from({ length: 20_001 }, (_, i) => `S-${i};x`)].join('\n');
    const cases: [string, number, RegExp][] = [
      ['', 400, /empty/],
      ['hello', 400, /no header/],
      [catalogue(line()).slice(0, -20), 400, /not well-formed/],
      [catalogue(line()).replace('<Catalogue', '<!DOCTYPE a><Catalogue'), 400, /DOCTYPE/],
      [long, 413, /manage offers/],
    ];

    for (const [content, status, message] of cases)
      expect(await send(content)).toMatchObject({ status, message: expect.stringMatching(message) });
    expect((await send(list, { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
    expect((await send(list, { headers: { 'content-type': 'text/csv; charset=klingon' } })).status).toBe(400);
    expect((await send(list, { query: '?dryRun=perhaps' })).status).toBe(400);
    expect(await stored()).toEqual([]);
  });

  it('of more rows than a batch has is applied in several', async () => {
    await market.supplier('fishery');
    const rows = Array.from({ length: 5_002 }, (_, i) => `S-${i};x`);

    const answer = await send(['sku;name', ...rows].join('\n'));

    expect(answer).toMatchObject({ created: 5_002 });
    expect(answer.results.at(-1)).toMatchObject({ index: 5_001, line: 5_003 });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { houseId } from '../supplier/supplier.entity.ts';
import { Marketplace, people } from '../testing/marketplace.ts';
import { readGtin } from './gtin.ts';

let market: Marketplace;

beforeAll(async () => {
  market = await Marketplace.open();
});
afterEach(() => market.empty());
afterAll(() => market.close());

type Person = keyof typeof people;
const mutation = `mutation ($input: UpsertOffersInput!) { upsertOffers(input: $input) {
  replayed created updated unchanged stale rejected results { index supplierSku offerId outcome errors { code field } } userErrors { code }
} }`;
const upsert = async (items: readonly object[], more: object = {}, person: Person = 'fishHand') =>
  (await market.ask(mutation, { input: { items, ...more } }, people[person])).upsertOffers;
const stored = () =>
  market.subgraph.ownerQuery<Record<string, unknown>>(
    `SELECT o.*, (SELECT json_agg(json_build_array(p.from_quantity::float, p.amount::float, p.scope) ORDER BY p.from_quantity, p.scope)
      FROM suppliers.offer_prices p WHERE p.offer_id = o.id) AS prices FROM suppliers.offers o ORDER BY supplier_sku`,
  );
const outcomes = (answer: { results: { outcome: string }[] }) => answer.results.map(({ outcome }) => outcome);
const cod = {
  supplierSku: ' COD-5 ',
  gtin: '7310 8650-04703',
  name: 'Torsk',
  unit: 'box',
  baseUnit: 'KILOGRAM',
  packSize: '5',
  price: '249.50',
};

describe('upsertOffers', () => {
  it('makes, changes and leaves offers, with the supplier’s defaults', async () => {
    await market.supplier('fishery', { tax_rate: '12', tax_included: true });
    market.goods.push({ sku: 'EEL' });
    const eel = { supplierSku: 'EEL', productSku: 'EEL', name: 'Ål' };

    const first = await upsert([cod, eel]);
    expect(first).toMatchObject({ replayed: false, created: 2, updated: 0, unchanged: 0, rejected: 0, userErrors: [] });
    expect(await stored()).toMatchObject([
      {
        id: first.results[0].offerId,
        supplier_sku: 'COD-5',
        gtin: '7310865004703',
        pack_size: '5.000',
        multiple: '1.000',
        tax_rate: '12.00',
        tax_included: true,
        is_available: true,
        prices: [[0, 249.5, 'LIST']],
      },
      { supplier_sku: 'EEL', product_sku: 'EEL', unit: 'pack', base_unit: 'PIECE', pack_size: '1.000', prices: null },
    ]);

    const before = await stored();
    expect(outcomes(await upsert([{ ...cod, price: '249.5', packSize: '5.000' }, eel]))).toEqual([
      'UNCHANGED',
      'UNCHANGED',
    ]);
    expect(await stored()).toEqual(before);

    const changed = await upsert([
      { supplierSku: 'COD-5', price: '260' },
      { supplierSku: 'EEL', productSku: null, stock: '3' },
    ]);
    expect(outcomes(changed)).toEqual(['UPDATED', 'UPDATED']);
    expect(await stored()).toMatchObject([
      { name: 'Torsk', gtin: '7310865004703', prices: [[0, 260, 'LIST']] },
      { product_sku: null, stock: '3.000' },
    ]);
  });

  it('replaces list prices, with their breaks, and leaves groups’ and customers’ alone', async () => {
    const fishery = await market.supplier('fishery');
    const id = await market.offer(fishery, 'COD-5', '100');
    await market.price(id, '70', { scope: 'GROUP', group_id: await market.group(fishery, 'Harbour') });

    const prices = [{ amount: '90' }, { amount: '80', fromQuantity: '10', validUntil: '2027-01-01T00:00:00Z' }];
    expect(outcomes(await upsert([{ supplierSku: 'COD-5', prices }]))).toEqual(['UPDATED']);

    expect(await stored()).toMatchObject([
      {
        prices: [
          [0, 70, 'GROUP'],
          [0, 90, 'LIST'],
          [10, 80, 'LIST'],
        ],
      },
    ]);
  });

  it('takes offers off the list and puts them on again, by the same id', async () => {
    await market.offer(await market.supplier('fishery'), 'COD-5', '100');
    const [before] = await stored();

    expect(
      outcomes(
        await upsert([
          { supplierSku: 'COD-5', removed: true },
          { supplierSku: 'NEVER', removed: true },
        ]),
      ),
    ).toEqual(['UPDATED', 'UNCHANGED']);
    expect(await stored()).toMatchObject([{ removed_at: expect.any(Date) }]);
    expect(outcomes(await upsert([{ supplierSku: 'COD-5', removed: true }]))).toEqual(['UNCHANGED']);
    expect(outcomes(await upsert([{ supplierSku: 'COD-5' }]))).toEqual(['UPDATED']);
    expect(await stored()).toMatchObject([{ id: before?.id, removed_at: null }]);
  });

  it('tells what is wrong with rows, all at once, and takes the others', async () => {
    await market.supplier('fishery');
    const rows: [object, string, string | null][] = [
      [{ supplierSku: ' ' }, 'MISSING_SKU', 'supplierSku'],
      [{ supplierSku: 'a' }, 'MISSING_NAME', 'name'],
      [{ ...cod, supplierSku: 'b', gtin: '7310865004704' }, 'BAD_GTIN', 'gtin'],
      [{ ...cod, supplierSku: 'c', packSize: '0' }, 'OUT_OF_RANGE', 'packSize'],
      [{ ...cod, supplierSku: 'd', packSize: '0.0001' }, 'OUT_OF_RANGE', 'packSize'],
      [{ ...cod, supplierSku: 'e', price: '-1' }, 'OUT_OF_RANGE', 'price'],
      [{ ...cod, supplierSku: 'f', imageUrl: 'file:///etc/passwd' }, 'BAD_URL', 'imageUrl'],
      [{ ...cod, supplierSku: 'g', productSku: 'NONE' }, 'UNKNOWN_PRODUCT', 'productSku'],
      [{ ...cod, supplierSku: 'h', name: 'x\0' }, 'TOO_LONG', 'name'],
      [{ ...cod, supplierSku: 'i', prices: [{ amount: '1' }, { amount: '2' }] }, 'BAD_VALIDITY', 'prices'],
      [{ ...cod, supplierSku: 'j', leadTimeDays: -1 }, 'OUT_OF_RANGE', 'leadTimeDays'],
      [cod, 'DUPLICATE_IN_BATCH', 'supplierSku'],
    ];

    const answer = await upsert([cod, ...rows.map(([row]) => row)]);

    expect(answer).toMatchObject({ created: 1, rejected: rows.length });
    expect(answer.results.slice(1).map((result: { errors: object[] }) => result.errors)).toEqual(
      rows.map(([, code, field]) => [{ code, field }]),
    );
    expect((await stored()).map((offer) => offer.supplier_sku)).toEqual(['COD-5']);
    const both = await upsert([{ ...cod, gtin: '1', packSize: '-1' }]);
    expect(both.results[0].errors).toEqual([
      { code: 'BAD_GTIN', field: 'gtin' },
      { code: 'OUT_OF_RANGE', field: 'packSize' },
    ]);
  });

  it('answers the same call with its first answer, and refuses its key with other content', async () => {
    await market.supplier('fishery');
    const first = await upsert([cod], { idempotencyKey: 'k-1' });
    await upsert([{ ...cod, name: 'Kolja' }]);
    const before = await stored();

    expect(await upsert([cod], { idempotencyKey: 'k-1' })).toEqual({ ...first, replayed: true });
    const input = { items: [{ ...cod, name: 'Sej' }], idempotencyKey: 'k-1' };
    const { errors } = await market.execute(mutation, { input }, people.fishHand);

    expect(errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await stored()).toEqual(before);
  });

  it('tells in a dry run what would come of it, and writes nothing', async () => {
    const fishery = await market.supplier('fishery');
    const id = await market.offer(fishery, 'COD-5', '100');
    const before = await stored();

    const { results } = await upsert([cod, { ...cod, supplierSku: 'NEW' }], { dryRun: true, idempotencyKey: 'k' });

    expect(results).toMatchObject([
      { outcome: 'UPDATED', offerId: id },
      { outcome: 'CREATED', offerId: null },
    ]);
    expect(await stored()).toEqual(before);
  });

  it('leaves offers that a later batch spoke of, in whatever order batches come', async () => {
    await market.supplier('fishery');
    const at = (minute: number) => ({ observedAt: new Date(market.clock.now - minute * 60_000).toISOString() });
    const named = async (name: string, minute: number) => outcomes(await upsert([{ ...cod, name }], at(minute)));

    expect(await named('Torsk', 30)).toEqual(['CREATED']);
    expect(await named('Kolja', 40)).toEqual(['STALE']);
    expect(await named('Torsk', 20)).toEqual(['UNCHANGED']);
    // Known to be late, though the batch after it changed nothing.
    expect(await named('Sej', 25)).toEqual(['STALE']);
    expect(await upsert([{ ...cod, name: 'Sej' }], at(10))).toMatchObject({ updated: 1, stale: 0 });
    // What is said without a time is said now.
    expect(outcomes(await upsert([{ ...cod, name: 'Gös' }]))).toEqual(['UPDATED']);
    expect(await named('Sej', 5)).toEqual(['STALE']);
    expect(await stored()).toMatchObject([{ name: 'Gös' }]);

    // So is what is set by hand.
    market.clock.now += 3_600_000;
    const byHand = { offerId: (await stored())[0]?.id, prices: [{ amount: '7' }] };
    const set = 'mutation ($input: SetOfferPricesInput!) { setOfferPrices(input: $input) { userErrors { code } } }';
    await market.ask(set, { input: byHand }, people.fishHand);
    expect(outcomes(await upsert([cod], at(30)))).toEqual(['STALE']);

    const ahead = { items: [cod], ...at(-6) };
    const { errors } = await market.execute(mutation, { input: ahead }, people.fishHand);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('finds the goods of an offer by its GTIN, where there is exactly one and the row names none', async () => {
    await market.supplier('fishery');
    const [one, two, own, case14] = ['7310865004703', '4006381333931', '2012345678903', '17310865004700'];
    market.goods.push({ sku: 'ONE', barcode: one }, { sku: 'OWN', barcode: own });
    market.goods.push({ sku: 'TWO', barcode: two }, { sku: 'TWO-B', barcode: two });
    const rows = [
      { supplierSku: 'A', name: 'A', gtin: `0${one}` },
      { supplierSku: 'B', name: 'B', gtin: two },
      // Each shop numbers what it packs itself by itself.
      { supplierSku: 'C', name: 'C', gtin: own },
      { supplierSku: 'D', name: 'D', gtin: case14 },
      { supplierSku: 'E', name: 'E', gtin: one, productSku: null },
    ];

    expect(await upsert(rows)).toMatchObject({ created: 5 });
    expect((await stored()).map((offer) => offer.product_sku)).toEqual(['ONE', null, null, null, null]);

    expect(outcomes(await upsert(rows))).toEqual(Array(5).fill('UNCHANGED'));
    market.goods.splice(2, 1);
    expect(outcomes(await upsert(rows))).toEqual(['UNCHANGED', 'UPDATED', 'UNCHANGED', 'UNCHANGED', 'UNCHANGED']);
    expect((await stored()).map((offer) => offer.product_sku)).toEqual(['ONE', 'TWO-B', null, null, null]);
  });

  it('takes prices in the supplier’s currency alone', async () => {
    await market.supplier('fishery');

    const { results } = await upsert([
      { ...cod, currency: 'sek' },
      { ...cod, supplierSku: 'B', currency: 'EUR' },
    ]);

    expect(results).toMatchObject([
      { outcome: 'CREATED' },
      { outcome: 'REJECTED', errors: [{ code: 'BAD_CURRENCY', field: 'currency' }] },
    ]);
  });

  it('is for who sells: of others there is nothing, and of the shop neither', async () => {
    const fishery = await market.supplier('fishery');
    await market.supplier('dairy');
    const codes = async (supplierId: string | null, person: Person) =>
      (await upsert([cod], { supplierId }, person)).userErrors.map(({ code }: { code: string }) => code);

    expect(await codes(fishery, 'milkmaid')).toEqual(['NOT_FOUND']);
    expect(await codes(fishery, 'staff')).toEqual(['NOT_FOUND']);
    expect(await codes(null, 'admin')).toEqual(['NOT_FOUND']);
    expect(await codes(null, 'offersKey')).toEqual(['NOT_FOUND']);
    expect(await codes(houseId, 'admin')).toEqual(['HOUSE']);
    expect(await stored()).toEqual([]);
    expect(await codes(fishery, 'offersKey')).toEqual([]);
    expect(await codes(fishery, 'admin')).toEqual([]);
    for (const person of ['anonymous', 'customer', 'bistro', 'service'] as const) {
      const { errors } = await market.execute(mutation, { input: { items: [] } }, people[person]);
      expect(errors?.[0]?.extensions?.code).toBe(person === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
    }
  });

  it('writes five thousand offers in as many statements as one, and no more than that', async () => {
    await market.supplier('fishery');
    market.subgraph.statements();
    await upsert([cod]);
    const one = market.subgraph.statements().length;
    const rows = Array.from({ length: 5_000 }, (_, place) => ({ ...cod, supplierSku: `S-${place}` }));

    expect(await upsert(rows)).toMatchObject({ created: 5_000 });

    expect(market.subgraph.statements()).toHaveLength(one);
    const { errors } = await market.execute(mutation, { input: { items: [...rows, cod] } }, people.fishHand);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('takes batches that come at once one after the other', async () => {
    await market.supplier('fishery');

    const answers = await Promise.all(Array.from({ length: 8 }, () => upsert([cod])));

    expect(answers.flatMap(outcomes).toSorted()).toEqual(['CREATED', ...Array(7).fill('UNCHANGED')]);
  });
});

describe('a GTIN', () => {
  it('is refused with any one digit wrong', () => {
    const body = fc
      .constantFrom(7, 11, 12, 13)
      .chain((size) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: size, maxLength: size }));
    fc.assert(
      fc.property(body, fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const right = Array.from({ length: 10 }, (_, check) => [...digits, check].join('')).filter(readGtin);
        expect(right).toHaveLength(1);
        const [gtin = ''] = right;
        const place = at % gtin.length;
        const wrong = gtin.slice(0, place) + ((Number(gtin[place]) + by) % 10) + gtin.slice(place + 1);
        expect(readGtin(wrong)).toBeNull();
      }),
    );
  });

  it.each(['', '123', 'abcdefgh', '731086500470', '00000000000000000'])('is not %j', (text) => {
    expect(readGtin(text)).toBeNull();
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, line } from '@gastronom/pricelist/testing/catalogue';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from '../../../gateway/test/harness.ts';
import { ExitCode } from '../exit-code.ts';
import { folderOf } from '../testing/read-files.ts';
import { type Manage, manageWith } from '../testing/run-manage.ts';

let graph: TestGraph;
let manage: Manage;
let supplierId: string;

const ask = async (query: string, variables: object = {}) => {
  const { data, errors } = await graph.query(query, { ...variables }, graph.tokens.supplier);
  expect(errors).toBeUndefined();
  return data;
};

beforeAll(async () => {
  graph = await startTestGraph();
  manage = manageWith({ DATA_DIR: graph.settings.DATA_DIR, GASTRONOM_URL: graph.url });
  const input = { name: 'Fishery', currency: 'SEK', timeZone: 'Europe/Stockholm' };
  const made = await ask(
    'mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) { supplier { id } } }',
    { input },
  );
  supplierId = made.createSupplier.supplier.id;
});
afterAll(() => graph.stop());

const offersJson = async (...args: string[]) => {
  const { code, stdout, stderr } = await manage('offers', '--json', ...args);
  return { code, stderr, ...(stdout === '' ? {} : JSON.parse(stdout)) };
};
const names = async () => {
  const { offers } = await ask('{ offers(first: 100) { nodes { supplierSku name price { amount } } } }');
  return offers.nodes;
};
const none = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, STALE: 0, REJECTED: 0 };

describe('manage offers', () => {
  it('sends a table in batches, puts rejected rows into a file, and sends that once it is mended', async () => {
    const rows = ['sku;name;price', 'A;Torsk;10,50', 'B;Sill;x', 'C;Lax;30', 'D;;40'];
    const file = join(folderOf({ 'list.csv': rows.join('\n') }), 'list.csv');

    const tried = await offersJson(file, '--dry-run');
    const before = await names();
    const first = await offersJson(file, '--batch-size', '1');
    const rejected = readFileSync(first.rejectsFile, 'utf8');
    const mended = join(
      folderOf({ 'mended.jsonl': rejected.replace('"x"', '"20"').replace('"name":""', '"name":"Ål"') }),
    );
    const second = await offersJson(join(mended, 'mended.jsonl'));
    const third = await offersJson(file);

    expect([tried.code, tried.counts]).toEqual([ExitCode.someRowsRejected, { ...none, CREATED: 2, REJECTED: 2 }]);
    expect(before).toEqual([]);
    expect(first).toMatchObject({ supplier: { id: supplierId }, counts: { ...none, CREATED: 2, REJECTED: 2 } });
    expect(
      rejected
        .split('\n')
        .slice(0, 2)
        .map((text) => JSON.parse(text)),
    ).toMatchObject([
      {
        file: 'list.csv',
        line: 3,
        row: { sku: 'B', price: 'x' },
        errors: [{ code: 'INVALID_NUMBER', field: 'price' }],
      },
      { file: 'list.csv', line: 5, errors: [{ code: 'MISSING_NAME', field: 'name' }] },
    ]);
    expect(second).toMatchObject({ code: ExitCode.ok, counts: { ...none, CREATED: 2 } });
    expect(third.counts).toEqual({ ...none, UNCHANGED: 3, REJECTED: 1 });
    expect(await names()).toMatchObject([
      { supplierSku: 'C', name: 'Lax' },
      { supplierSku: 'B', name: 'Sill', price: { amount: '20.00' } },
      { supplierSku: 'A', name: 'Torsk', price: { amount: '10.50' } },
      { supplierSku: 'D', name: 'Ål' },
    ]);
  });

  it('sends a Peppol Catalogue with a key that may write offers, as of when it was made', async () => {
    const minted = await graph.query(
      'mutation ($input: CreateServiceKeyInput!) { createServiceKey(input: $input) { secret userErrors { code } } }',
      { input: { name: 'partner', scopes: ['offers:write'] } },
      graph.tokens.admin,
    );
    const key = minted.data.createServiceKey.secret;
    const folder = folderOf({ 'a.xml': catalogue(line({ id: 'P-1' })), 'b.xml': catalogue(line({ id: 'P-2' })) });
    const files = [join(folder, 'a.xml'), join(folder, 'b.xml')];

    const sent = await offersJson(...files, '--supplier', supplierId, '--key', key);
    const late = await offersJson(...files, '--supplier', supplierId, '--key', key, '--observed-at', '2026-01-01');
    const nobody = await offersJson(...files, '--supplier', graph.settings.DATA_DIR, '--key', key);
    const scraper = await offersJson(...files, '--supplier', supplierId, '--key', graph.tokens.service);

    expect(sent).toMatchObject({ code: ExitCode.ok, counts: { ...none, CREATED: 2 } });
    expect(sent.stderr).toMatch(/note: the catalogue stands for an earlier one/);
    expect(late.counts).toEqual({ ...none, STALE: 2 });
    expect([nobody.code, nobody.stderr]).toEqual([ExitCode.usage, expect.stringMatching(/no such supplier/)]);
    expect([scraper.code, scraper.stderr]).toEqual([ExitCode.failed, expect.stringMatching(/offers:write/)]);
  });

  it('reads what the REST door reads, which takes large files of those who sell alone', async () => {
    const rows = Array.from({ length: 4_000 }, (_, i) => `R-${i};${'Havskräfta, kokt '.repeat(4)}${i};10`);
    const body = ['Artikelnummer;Benämning;Pris', ...rows].join('\n');
    const post = async (token: string) => {
      const response = await fetch(graph.url.replace('/graphql', '/api/v1/suppliers/offers?dryRun=true'), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
        body,
      });
      const { created, results, error } = (await response.json()) as Record<string, unknown>;
      return { status: response.status, created, results, error };
    };

    const answer = await post(graph.tokens.supplier);

    expect(Buffer.byteLength(body)).toBeGreaterThan(256 * 1024);
    expect(answer).toMatchObject({ status: 200, created: 4_000 });
    expect(answer.results).toHaveLength(4_000);
    expect(await post(graph.tokens.restaurant)).toMatchObject({ status: 413, error: 'PayloadTooLargeError' });
  });

  it('says in a line what is wrong with a file, and sends nothing of it', async () => {
    const folder = folderOf({
      'cut.xml': catalogue(line({ id: 'CUT' })).slice(0, -15),
      'goods.csv': 'color;size\nred;1',
    });
    const cut = await offersJson(join(folder, 'cut.xml'));
    const goods = await offersJson(join(folder, 'goods.csv'));
    const gone = await offersJson(join(folder, 'gone.csv'));

    expect([cut.code, cut.stderr]).toEqual([ExitCode.failed, expect.stringMatching(/not well-formed XML/)]);
    expect([goods.code, goods.stderr]).toEqual([ExitCode.usage, expect.stringMatching(/no header found/)]);
    expect([gone.code, gone.stderr]).toEqual([ExitCode.usage, expect.stringMatching(/no such file/)]);
    expect((await names()).map(({ supplierSku }: { supplierSku: string }) => supplierSku)).not.toContain('CUT');
  });
});

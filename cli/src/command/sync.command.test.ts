import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { startTestGraph, type TestGraph } from '../../../gateway/test/harness.ts';
import { ExitCode } from '../exit-code.ts';
import { openDoor } from '../testing/graph-door.ts';
import { folderOf } from '../testing/read-files.ts';
import { type Manage, manageWith } from '../testing/run-manage.ts';

let graph: TestGraph;
let manage: Manage;

beforeAll(async () => {
  graph = await startTestGraph();
  manage = manageWith({ DATA_DIR: graph.settings.DATA_DIR, GASTRONOM_URL: graph.url });
});

afterAll(() => graph.stop());

interface Good {
  sku: string;
  name: string;
  price: string;
  stockQuantity: number;
}

const goodsOf = (prefix: string, count: number): Good[] =>
  Array.from({ length: count }, (_, i) => ({
    sku: `${prefix}-${i}`,
    name: `Пряник № ${i} ${prefix}`,
    price: `${10 + i}.50`,
    stockQuantity: i % 7,
  }));

const jsonl = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

async function syncJson(...args: string[]) {
  const { code, stdout, stderr } = await manage('sync', '--json', ...args);
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the summary looks like
  const report: any = stdout === '' ? undefined : JSON.parse(stdout);
  return { code, report, stderr };
}

const none = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, STALE: 0, PARKED: 0, REJECTED: 0 };

const rowVersions = (prefix: string) =>
  graph.database.query<{ sku: string; xmin: string }>(
    'SELECT sku, xmin::text FROM catalog.products WHERE sku LIKE $1 ORDER BY sku',
    [`${prefix}-%`],
  );

describe('manage sync', () => {
  it('accounts for every row, writes nothing the second time, and exactly what changed the third', async () => {
    const goods = goodsOf('plain', 250);
    const file = join(folderOf({ 'goods.jsonl': jsonl(goods) }), 'goods.jsonl');

    const first = await syncJson(file, '--batch-size', '100');
    const versions = await rowVersions('plain');
    const second = await syncJson(file, '--batch-size', '100');
    const same = await rowVersions('plain');
    const dearer = goods.map((good, i) => (i % 20 === 0 ? { ...good, price: '999.00' } : good));
    writeFileSync(file, jsonl(dearer));
    const third = await syncJson(file, '--batch-size', '100');

    expect(first.code).toBe(ExitCode.ok);
    expect(first.report).toMatchObject({
      run: { status: 'FINISHED' },
      goods: { ...none, CREATED: 250 },
      unreadable: 0,
    });
    expect(second.report.goods).toEqual({ ...none, UNCHANGED: 250 });
    expect(versions).toHaveLength(250);
    expect(same).toEqual(versions);
    expect(third.report.goods).toEqual({ ...none, UNCHANGED: 237, UPDATED: 13 });
    expect(third.report.resumed).toBe(false);
  });

  it('puts rejected rows into a file, from which they can be synced once mended', async () => {
    const [a, b, c] = goodsOf('bad', 3);
    const folder = folderOf({
      'goods.jsonl': `${jsonl([a, { ...b, price: '12 рублей и ещё' }])}{"sku":"bad-9"\n${jsonl([c])}`,
    });
    const file = join(folder, 'goods.jsonl');

    const { code, report } = await syncJson(file);

    const rejects = `${file}.rejected.jsonl`;
    expect(code).toBe(ExitCode.someRowsRejected);
    expect(report).toMatchObject({ goods: { ...none, CREATED: 2, REJECTED: 1 }, unreadable: 1, rejectsFile: rejects });
    const lines = readFileSync(rejects, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines).toEqual(
      expect.arrayContaining([
        {
          file: 'goods.jsonl',
          line: 2,
          row: { ...b, price: '12 рублей и ещё' },
          errors: [expect.objectContaining({ code: 'INVALID_NUMBER', field: 'price' })],
        },
        {
          file: 'goods.jsonl',
          line: 3,
          row: '{"sku":"bad-9"',
          errors: [{ code: 'UNREADABLE', field: null, message: expect.stringContaining('not valid JSON') }],
        },
      ]),
    );

    const mended = lines.filter((line) => line.line === 2).map((line) => ({ ...line, row: b }));
    writeFileSync(rejects, jsonl(mended));
    const again = await syncJson(rejects);

    expect(again).toMatchObject({ code: ExitCode.ok, report: { goods: { ...none, CREATED: 1 } } });
  });

  it('goes on with a run that was cut off, and sends no batch twice', async () => {
    const goods = goodsOf('cut', 90);
    const file = join(folderOf({ 'goods.jsonl': jsonl(goods) }), 'goods.jsonl');
    const door = await openDoor(graph.url, 4);
    const args = [file, '--batch-size', '10', '--concurrency', '1', '--url', door.url];

    const { child, ended } = manage.start('sync', '--json', ...args);
    await door.silent;
    child.kill('SIGKILL');
    await ended;
    door.open();
    const { code, report, stderr } = await syncJson(...args);
    const sent = [...door.batches];
    const third = await syncJson(...args);
    door.close();

    expect(code).toBe(ExitCode.ok);
    expect(stderr).toMatch(/going on with run \S+, which was cut off after 3 batches/);
    expect(report).toMatchObject({ resumed: true, goods: { ...none, CREATED: 90 } });
    expect(sent).toEqual([1, 2, 3, 4, 4, 5, 6, 7, 8, 9].map((n) => `${report.run.id}:${n}`));
    expect(third.report).toMatchObject({ resumed: false, goods: { ...none, UNCHANGED: 90 } });
  });

  it('leaves a run open when a part of the server is down, and ends it by the same command', async () => {
    const file = join(folderOf({ 'goods.jsonl': jsonl(goodsOf('down', 5)) }), 'goods.jsonl');
    await graph.database.query('ALTER TABLE inventory.warehouse_stocks RENAME TO away');

    const first = await manage('sync', file, '--snapshot', '--source', 'down');
    await graph.database.query('ALTER TABLE inventory.away RENAME TO warehouse_stocks');
    const second = await syncJson(file, '--snapshot', '--source', 'down');

    expect(first).toMatchObject({ code: ExitCode.failed, stdout: '' });
    expect(first.stderr).toContain('the server could not apply a batch');
    expect(second.code).toBe(ExitCode.ok);
    expect(second.report).toMatchObject({ resumed: true, run: { status: 'FINISHED' }, goods: { ...none, CREATED: 5 } });
    const { data } = await graph.query('{ product(sku: "down-4") { stock { quantity } } }', {}, graph.tokens.staff);
    expect(data.product.stock).toEqual([{ quantity: 4 }]);
  });

  it('says that a snapshot is held, and how it is let pass', async () => {
    const goods = goodsOf('held', 10);
    const folder = folderOf({ 'all.jsonl': jsonl(goods), 'few.jsonl': jsonl(goods.slice(0, 3)) });
    await syncJson(join(folder, 'all.jsonl'), '--source', 'held');

    const { code, stdout } = await manage('sync', join(folder, 'few.jsonl'), '--source', 'held', '--snapshot');

    expect(code).toBe(ExitCode.runHeld);
    expect(stdout).toContain('HELD');
    const runId = /approveSync\(runId: "([^"]+)"\)/.exec(stdout)?.[1];
    const approve = 'mutation ($id: ID!) { approveSync(runId: $id) { status counts { hidden } } }';
    const { data } = await graph.query(approve, { id: runId }, graph.tokens.admin);
    expect(data.approveSync).toEqual({ status: 'FINISHED', counts: { hidden: 7 } });
  });

  it('hides nothing by a snapshot that could not be read whole', async () => {
    const goods = goodsOf('torn', 10);
    const folder = folderOf({
      'all.jsonl': jsonl(goods),
      'torn.jsonl': `${jsonl(goods.slice(0, 9))}{"sku":"torn-9","na`,
    });
    await syncJson(join(folder, 'all.jsonl'), '--source', 'torn');

    const { code, stderr } = await manage('sync', join(folder, 'torn.jsonl'), '--source', 'torn', '--snapshot');

    expect(code).toBe(ExitCode.failed);
    expect(stderr).toContain('1 rows could not be read');
    const { data } = await graph.query('{ product(sku: "torn-9") { isAvailable } }');
    expect(data.product).toEqual({ isAvailable: true });
  });

  it('reads a windows-1251 price list, and counts stock in the warehouse that is named', async () => {
    const text = 'Код;Наименование;Цена;Остаток\nwin-1;Сгущёнка;"1 234,50";12,5\n';
    const folder = folderOf({ 'price.csv': iconv.encode(text, 'windows-1251') });

    const { report, stderr } = await syncJson(join(folder, 'price.csv'), '--warehouse', '001');

    expect(report.goods).toEqual({ ...none, CREATED: 1 });
    expect(stderr).toContain('is read as windows-1251');
    const { data } = await graph.query('{ product(sku: "win-1") { name price { amount } availableOnline } }');
    expect(data.product).toEqual({ name: 'Сгущёнка', price: { amount: '1234.50' }, availableOnline: 7.5 });
  });

  it('ends with a line and a code of its own for each trouble', async () => {
    const folder = folderOf({ 'a.jsonl': jsonl(goodsOf('code', 1)), 'empty.csv': '' });
    const file = join(folder, 'a.jsonl');

    const missing = await manage('sync', join(folder, 'none.csv'));
    const empty = await manage('sync', join(folder, 'empty.csv'));
    const option = await manage('sync', file, '--batch-size', '5000');
    const away = await manage('sync', file, '--url', 'http://127.0.0.1:9/graphql');
    const stranger = await manage('sync', file, '--key', 'gk_00000000_nobody');

    expect([missing.code, empty.code, option.code]).toEqual([ExitCode.usage, ExitCode.usage, ExitCode.usage]);
    expect(away.code).toBe(ExitCode.serverUnreachable);
    expect(stranger.code).toBe(ExitCode.failed);
    for (const { stdout, stderr } of [missing, empty, away, stranger]) {
      expect(stdout).toBe('');
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(existsSync(`${file}.rejected.jsonl`)).toBe(false);
  });
});

import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from '../../../gateway/test/harness.ts';
import { ExitCode } from '../exit-code.ts';
import { folderOf } from '../testing/read-files.ts';
import { type Manage, manageWith } from '../testing/run-manage.ts';
import { smallPng } from '../testing/small-png.ts';

let graph: TestGraph;
let manage: Manage;
beforeAll(async () => {
  graph = await startTestGraph();
  manage = manageWith({ DATA_DIR: graph.settings.DATA_DIR, GASTRONOM_URL: graph.url });
});
afterAll(() => graph.stop());

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const picturesOf = async (sku: string) => {
  const { data } = await graph.query('query ($sku: String) { product(sku: $sku) { images { url } } }', { sku });
  return data.product.images.map(({ url }: { url: string }) => url);
};
const shown = (bytes: Buffer) => `http://localhost:4000/images/${hashOf(bytes)}`;

const good = (id: string, pictures: string[]) =>
  `<Товар><Ид>${id}</Ид><Наименование>Товар ${id}</Наименование>${pictures.map((name) => `<Картинка>${name}</Картинка>`).join('')}</Товар>`;
const exportOf = (...goods: string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация ВерсияСхемы="2.07" ДатаФормирования="2026-03-01T08:00:00">
  <Каталог СодержитТолькоИзменения="true"><Товары>${goods.join('')}</Товары></Каталог></КоммерческаяИнформация>`;

function folderWith(files: Record<string, Buffer>, xml: string): string {
  const folder = folderOf({ 'import.xml': xml });
  mkdirSync(join(folder, 'import_files', '0a'), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

describe('pictures that a CommerceML export names by their files', () => {
  it('are sent once, and shown with the goods', async () => {
    const [cheese, milk] = [smallPng(), smallPng()];
    const folder = folderWith(
      { 'import_files/0a/cheese.png': cheese, 'import_files/0a/milk.jpg': milk },
      exportOf(
        good('p-1', ['import_files/0a/cheese.png', 'import_files\\0a\\milk.jpg']),
        good('p-2', ['import_files/0a/cheese.png', 'https://img.example/2.jpg']),
      ),
    );

    const first = await manage('sync', '--json', folder);
    const second = await manage('sync', folder);

    expect(first.code).toBe(ExitCode.ok);
    expect(JSON.parse(first.stdout)).toMatchObject({
      goods: { CREATED: 2, REJECTED: 0 },
      images: { sent: 2, known: 0, refused: 0 },
    });
    expect(second.stdout).toContain('images      0 sent, 2 known, 0 refused');
    expect(await picturesOf('p-1')).toEqual([shown(cheese), shown(milk)]);
    expect(await picturesOf('p-2')).toEqual([shown(cheese), 'https://img.example/2.jpg']);
    const seen = await fetch(graph.url.replace('/graphql', `/images/${hashOf(cheese)}`));
    expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  });

  it('are left out where they are no pictures, are not there or lie elsewhere, and the goods go on', async () => {
    const [fine, secret] = [smallPng(), smallPng()];
    const folder = folderWith(
      { 'import_files/fine.png': fine, 'import_files/page.jpg': Buffer.from('<html><script>alert(1)</script>') },
      exportOf(
        good('p-3', ['import_files/fine.png', 'import_files/page.jpg', 'import_files/gone.png']),
        good('p-4', ['../outside.png', '/etc/passwd', 'import_files/link.png', 'import_files/../../outside.png']),
      ),
    );
    writeFileSync(join(folder, '..', 'outside.png'), secret);
    symlinkSync(join(folder, '..', 'outside.png'), join(folder, 'import_files', 'link.png'));

    const { code, stdout, stderr } = await manage('sync', '--json', folder);

    expect(code).toBe(ExitCode.ok);
    expect(JSON.parse(stdout)).toMatchObject({ goods: { CREATED: 2 }, images: { sent: 1, known: 0, refused: 1 } });
    expect(stderr).toContain('the server refused the picture page.jpg: This is a page of HTML');
    expect(stderr).toContain('pictures whose files are not there were left out');
    expect(stderr).toContain('pictures outside the folder of the files that name them were left alone (4 rows)');
    expect(await picturesOf('p-3')).toEqual([shown(fine)]);
    expect(await picturesOf('p-4')).toEqual([]);
    const stolen = await fetch(graph.url.replace('/graphql', `/images/${hashOf(secret)}`));
    expect(stolen.status).toBe(404);
  });
});

describe('pictures that a table names', () => {
  it('are sent where they are files beside it, and named where they were sent before', async () => {
    const [tea, rice] = [smallPng(), smallPng()];
    const folder = folderWith({ 'tea.png': tea, 'rice 1.png': rice }, '');
    writeFileSync(join(folder, 'goods.csv'), 'sku;название;картинки\nt-1;Чай;tea.png, rice 1.png\nt-2;Рис;\n');
    const unknown = `sha256:${'0a'.repeat(32)}`;
    const line = { sku: 't-3', name: 'Овёс', imageUrls: [unknown, `sha256:${hashOf(tea)}`] };
    writeFileSync(join(folder, 'goods.jsonl'), JSON.stringify(line));

    const table = await manage('sync', '--json', join(folder, 'goods.csv'));
    const named = await manage('sync', '--json', join(folder, 'goods.jsonl'));

    expect(JSON.parse(table.stdout)).toMatchObject({ images: { sent: 2, known: 0, refused: 0 } });
    expect(await picturesOf('t-1')).toEqual([shown(tea), shown(rice)]);
    expect(JSON.parse(named.stdout)).toMatchObject({ goods: { CREATED: 1 }, images: { sent: 0, known: 0 } });
    expect(named.stderr).toContain('goods name pictures by a sha256 that the server was not sent');
    expect(await picturesOf('t-3')).toEqual([`http://localhost:4000/images/${'0a'.repeat(32)}`, shown(tea)]);
  });
});

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from '../../../gateway/test/harness.ts';
import { ExitCode } from '../exit-code.ts';
import { folderOf } from '../testing/read-files.ts';
import { manageWith } from '../testing/run-manage.ts';

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph();
});

afterAll(() => graph.stop());

const none = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, STALE: 0, PARKED: 0, REJECTED: 0 };

describe('manage sync of a CommerceML export', () => {
  it('brings a CommerceML export in: groups, characteristics, removed goods and all warehouses', async () => {
    const folder = folderOf({ 'import.xml': importXml, 'offers.xml': offersXml });
    const removal = folderOf({ 'import.xml': importXml.replace('<Товар><Ид>ml-2', '<Товар Статус="Удален"><Ид>ml-2') });

    const manage = manageWith({ DATA_DIR: graph.settings.DATA_DIR, GASTRONOM_URL: graph.url });

    const { code, stdout } = await manage('sync', '--json', folder);
    const second = await manage('sync', '--json', removal, join(folder, 'offers.xml'));

    expect(code).toBe(ExitCode.ok);
    expect(JSON.parse(stdout)).toMatchObject({
      warehouses: { ...none, CREATED: 2 },
      categories: { ...none, CREATED: 2 },
      goods: { ...none, CREATED: 3 },
      stocks: { ...none, CREATED: 2 },
    });
    expect(JSON.parse(second.stdout)).toMatchObject({
      warehouses: { ...none, UNCHANGED: 2 },
      categories: { ...none, UNCHANGED: 2 },
      goods: { ...none, UNCHANGED: 2, UPDATED: 1 },
      stocks: { ...none, UNCHANGED: 2 },
    });
    const query = `query ($sku: String) { product(sku: $sku) {
      name isAvailable barcode category { name } stock { quantity warehouse { externalId } } } }`;
    const variant = await graph.query(query, { sku: 'ml-1#a' }, graph.tokens.staff);
    const removed = await graph.query(query, { sku: 'ml-2' }, graph.tokens.staff);
    expect(variant.data.product).toMatchObject({
      name: 'Творог (9 %)',
      isAvailable: true,
      category: { name: 'Творог' },
    });
    expect(variant.data.product.stock).toEqual(
      expect.arrayContaining([
        { quantity: 3, warehouse: { externalId: 'ml-w1' } },
        { quantity: 4.5, warehouse: { externalId: 'ml-w2' } },
      ]),
    );
    expect(removed.data.product.isAvailable).toBe(false);
  });
});

const importXml = `<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация ВерсияСхемы="2.07" ДатаФормирования="2026-03-01T08:00:00">
  <Классификатор><Ид>c</Ид><Группы><Группа><Ид>ml-g1</Ид><Наименование>Молочное</Наименование><Группы>
    <Группа><Ид>ml-g2</Ид><Наименование>Творог</Наименование></Группа></Группы></Группа></Группы></Классификатор>
  <Каталог СодержитТолькоИзменения="false"><Товары>
    <Товар><Ид>ml-1</Ид><Штрихкод>4600000000001</Штрихкод><Наименование>Творог</Наименование><Группы><Ид>ml-g2</Ид></Группы></Товар>
    <Товар><Ид>ml-2</Ид><Наименование>Сырок</Наименование><Группы><Ид>ml-g2</Ид></Группы></Товар>
  </Товары></Каталог></КоммерческаяИнформация>`;

const offersXml = `<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация ВерсияСхемы="2.07" ДатаФормирования="2026-03-01T08:00:00">
  <ПакетПредложений СодержитТолькоИзменения="false">
  <ТипыЦен><ТипЦены><Ид>t</Ид><Наименование>Розничная</Наименование><Валюта>RUR</Валюта></ТипЦены></ТипыЦен>
  <Склады><Склад><Ид>ml-w1</Ид><Наименование>Основной</Наименование></Склад>
    <Склад><Ид>ml-w2</Ид><Наименование>Магазин</Наименование></Склад></Склады>
  <Предложения>
    <Предложение><Ид>ml-1#a</Ид><Наименование>Творог (9 %)</Наименование>
      <Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>200</ЦенаЗаЕдиницу></Цена></Цены>
      <Склад ИдСклада="ml-w1" КоличествоНаСкладе="3"/><Склад ИдСклада="ml-w2" КоличествоНаСкладе="4,5"/></Предложение>
    <Предложение><Ид>ml-1#b</Ид><Наименование>Творог (5 %)</Наименование>
      <Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>180</ЦенаЗаЕдиницу></Цена></Цены>
      <Склад ИдСклада="ml-w2" КоличествоНаСкладе="9"/></Предложение>
  </Предложения></ПакетПредложений></КоммерческаяИнформация>`;

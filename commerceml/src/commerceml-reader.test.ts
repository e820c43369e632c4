import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { readExport } from './testing/read-export.ts';

const document = (body: string, formed = '2026-03-01T08:00:00', encoding = 'UTF-8') =>
  `<?xml version="1.0" encoding="${encoding}"?>
<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.07" ДатаФормирования="${formed}">${body}</КоммерческаяИнформация>`;

const classifier = `<Классификатор><Ид>c</Ид><Наименование>Классификатор</Наименование>
  <Группы>
    <Группа><Ид>g1</Ид><Наименование>Молочные продукты</Наименование>
      <Группы><Группа><Ид>g2</Ид><Наименование>Творог</Наименование></Группа></Группы>
    </Группа>
    <Группа><Ид>g3</Ид><Наименование>Сладости</Наименование></Группа>
  </Группы>
  <Свойства><Свойство><Ид>p1</Ид><Наименование>Производитель</Наименование>
    <ВариантыЗначений><Справочник><ИдЗначения>v1</ИдЗначения><Значение>Красный Октябрь</Значение></Справочник></ВариантыЗначений>
  </Свойство></Свойства></Классификатор>`;

const catalogue = (goods: string, onlyChanges = false) =>
  `<Каталог СодержитТолькоИзменения="${onlyChanges}"><Ид>k</Ид><Товары>${goods}</Товары></Каталог>`;

const offers = (list: string, head = '') =>
  `<ПакетПредложений СодержитТолькоИзменения="false"><Ид>k#</Ид>${head}<Предложения>${list}</Предложения></ПакетПредложений>`;

const priceTypes = `<ТипыЦен>
  <ТипЦены><Ид>t1</Ид><Наименование>Розничная</Наименование><Валюта>RUR</Валюта></ТипЦены>
  <ТипЦены><Ид>t2</Ид><Наименование>Оптовая</Наименование><Валюта>KZT</Валюта></ТипЦены></ТипыЦен>`;

const price = (type: string, amount: string, currency = '') =>
  `<Цена><ИдТипаЦены>${type}</ИдТипаЦены><ЦенаЗаЕдиницу>${amount}</ЦенаЗаЕдиницу>${currency}</Цена>`;

const warehouses = `<Склады>
  <Склад><Ид>w1</Ид><Наименование>Основной</Наименование><Адрес><Представление>Атырау</Представление></Адрес></Склад>
  <Склад><Ид>w2</Ид><Наименование>Магазин</Наименование></Склад></Склады>`;

const read = (importXml: string, offersXml?: string, options = {}) =>
  readExport({ 'import.xml': importXml, ...(offersXml ? { 'offers.xml': offersXml } : {}) }, options);

describe('a CommerceML export', () => {
  it('joins goods with groups, prices and stock in several warehouses', async () => {
    const goods = `<Товар><Ид>a-1</Ид><Штрихкод> 4607053221558</Штрихкод><Артикул>ТВ-9</Артикул><Наименование>Творог 9 %</Наименование>
        <БазоваяЕдиница Код="796 " НаименованиеПолное="Штука"><Пересчет><Единица>796</Единица></Пересчет></БазоваяЕдиница>
        <Группы><Ид>g2</Ид></Группы><Описание/><Картинка>import_files/a.jpg</Картинка><Картинка>https://a.b/c.jpg</Картинка>
        <Изготовитель><Наименование>Ферма</Наименование></Изготовитель><ЗначенияРеквизитов>
        <ЗначениеРеквизита><Наименование>Вес</Наименование><Значение>0,18</Значение></ЗначениеРеквизита></ЗначенияРеквизитов></Товар>
      <Товар><Ид>a-2</Ид><Наименование>Зефир &amp; пастила</Наименование><Группы><Ид>g3</Ид></Группы>
        <ЗначенияСвойств><ЗначенияСвойства><Ид>p1</Ид><Значение>v1</Значение></ЗначенияСвойства></ЗначенияСвойств></Товар>`;
    const list = `<Предложение><Ид>a-1</Ид><Наименование>Творог девятипроцентный</Наименование>
        <Цены>${price('t2', '500')}${price('t1', '1 234,50', '<Валюта>RUR</Валюта>')}</Цены><Количество>7</Количество>
        <Склад ИдСклада="w1" КоличествоНаСкладе="3"/><Склад ИдСклада="w2" КоличествоНаСкладе="4"/></Предложение>
      <Предложение><Ид>a-2</Ид><Остатки><Остаток><Склад><Ид>w2</Ид><Количество>1,5</Количество></Склад></Остаток></Остатки></Предложение>`;

    const { items, rows, input, notices } = await read(
      document(classifier + catalogue(goods)),
      document(offers(list, priceTypes + warehouses)),
    );

    expect(input.categories).toEqual([
      { path: ['Молочные продукты'], externalId: 'g1', sortOrder: 0 },
      { path: ['Молочные продукты', 'Творог'], externalId: 'g2', sortOrder: 0 },
      { path: ['Сладости'], externalId: 'g3', sortOrder: 1 },
    ]);
    expect(input.warehouses).toEqual([
      { externalId: 'w1', name: 'Основной', address: 'Атырау' },
      { externalId: 'w2', name: 'Магазин', address: undefined },
    ]);
    expect(input.holdsOnlyChanges).toBe(false);
    expect(items).toEqual([
      {
        sku: 'a-1',
        barcode: '4607053221558',
        name: 'Творог 9 %',
        description: null,
        brand: 'Ферма',
        price: '1 234,50',
        currency: 'RUB',
        weightGrams: '180',
        unit: 'шт',
        categoryPath: ['Молочные продукты', 'Творог'],
        imageUrls: ['https://a.b/c.jpg'],
        stockQuantity: '3',
        warehouse: 'w1',
      },
      {
        sku: 'a-2',
        barcode: null,
        name: 'Зефир & пастила',
        brand: 'Красный Октябрь',
        categoryPath: ['Сладости'],
        stockQuantity: '1,5',
        warehouse: 'w2',
      },
    ]);
    expect(rows.map((row) => row.kind === 'product' && row.furtherStock)).toEqual([
      [{ warehouse: 'w2', quantity: '4' }],
      [{ warehouse: 'w1', quantity: 0 }],
    ]);
    expect(notices).toEqual([
      'prices are "Розничная"; --price-type chooses among "Розничная", "Оптовая"',
      'pictures that are file names, not web addresses, were left out',
    ]);
  });

  it('takes the price type that is asked for, and refuses one that the export does not have', async () => {
    const goods = document(catalogue('<Товар><Ид>a</Ид><Наименование>Квас</Наименование></Товар>'));
    const list = document(
      offers(`<Предложение><Ид>a</Ид><Цены>${price('t1', '10')}${price('t2', '99')}</Цены></Предложение>`, priceTypes),
    );

    const { items } = await read(goods, list, { priceType: 'оптовая' });

    expect(items[0]).toMatchObject({ price: '99', currency: 'KZT' });
    await expect(read(goods, list, { priceType: 'Закупочная' })).rejects.toThrow(
      'no price type "Закупочная" in this export; it has "Розничная", "Оптовая"',
    );
  });

  it('makes each characteristic a good of its own, without the barcode that they would share', async () => {
    const goods =
      '<Товар><Ид>a</Ид><Штрихкод>111</Штрихкод><Артикул>Б-1</Артикул><Наименование>Пряник</Наименование></Товар>';
    const value = (text: string) =>
      `<ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Начинка</Наименование><Значение>${text}</Значение></ХарактеристикаТовара></ХарактеристикиТовара>`;
    const list = `<Предложение><Ид>a#1</Ид><Наименование>Пряник (мёд)</Наименование>${value('мёд')}<Количество>2</Количество></Предложение>
      <Предложение><Ид>a#2</Ид><Штрихкод>222</Штрихкод><Наименование>Пряник</Наименование>${value('джем')}</Предложение>`;
    const files = [document(catalogue(goods)), document(offers(list))] as const;

    const { items } = await read(...files);
    const byArticle = await read(...files, { skuSource: 'article' });

    expect(items).toEqual([
      { sku: 'a#1', barcode: null, name: 'Пряник (мёд)', stockQuantity: '2' },
      { sku: 'a#2', barcode: '222', name: 'Пряник (джем)' },
    ]);
    expect(byArticle.items.map((item) => item.sku)).toEqual(['Б-1#1', 'Б-1#2']);
  });

  it('takes the code of the requisite as sku when asked, and the Ид where there is none', async () => {
    const goods = `<Товар><Ид>a</Ид><Наименование>Квас</Наименование><ЗначенияРеквизитов><ЗначениеРеквизита>
      <Наименование>Код</Наименование><Значение> 00-00000007</Значение></ЗначениеРеквизита></ЗначенияРеквизитов></Товар>
      <Товар><Ид>b</Ид><Наименование>Халва</Наименование></Товар>`;

    const { items, notices } = await read(document(catalogue(goods)), undefined, { skuSource: 'code' });

    expect(items.map((item) => item.sku)).toEqual(['00-00000007', 'b']);
    expect(notices).toEqual(['goods without code keep their Ид as sku']);
  });

  it('tells removed goods by each of 1C’s marks', async () => {
    const goods = `<Товар Статус="Удален"><Ид>a</Ид><Наименование>А</Наименование></Товар>
      <Товар><Ид>b</Ид><ПометкаУдаления>true</ПометкаУдаления><Наименование>Б</Наименование></Товар>
      <Товар><Ид>c</Ид><ПометкаУдаления>false</ПометкаУдаления><Наименование>В</Наименование></Товар>`;

    const { items } = await read(document(catalogue(goods)));

    expect(items.map(({ sku, removed }) => [sku, removed])).toEqual([
      ['a', true],
      ['b', true],
      ['c', undefined],
    ]);
  });

  it('sends offers whose goods no file holds: with a name as goods, without one as stock', async () => {
    const list = `<Предложение><Ид>a</Ид><Наименование>Квас</Наименование><Количество>5</Количество></Предложение>
      <Предложение><Ид>b</Ид><Количество>6</Количество></Предложение>
      <Предложение><Ид>c</Ид><Цены>${price('t1', '10')}</Цены></Предложение>`;

    const { rows } = await readExport({ 'offers.xml': document(offers(list, priceTypes)) });

    expect(rows).toMatchObject([
      { kind: 'product', item: { sku: 'a', name: 'Квас', stockQuantity: '5' } },
      { kind: 'stock', item: { sku: 'b', quantity: '6' }, warehouse: undefined },
      { kind: 'price', item: { sku: 'c', price: '10', currency: 'RUB' } },
    ]);
  });

  it('takes a good that stands in two files of a folder from the newer one, and passes over what is no export', async () => {
    const good = (name: string) => catalogue(`<Товар><Ид>a</Ид><Наименование>${name}</Наименование></Товар>`);
    const { items, notices } = await readExport({
      'import0_1.xml': document(good('старое'), '2020-04-07T13:16:06'),
      'import0_2.xml': document(good('новое'), '2020-08-10T07:49:51'),
      'orders.xml': document('<Документ><Ид>1</Ид></Документ>'),
    });

    expect(items).toEqual([{ sku: 'a', barcode: null, name: 'новое' }]);
    expect(notices).toEqual([
      'orders.xml holds neither goods nor offers and was passed over',
      'a good that stands in several files was taken from the newest of them',
    ]);
  });

  it('is read in windows-1251 as it declares, and with a byte order mark', async () => {
    const goods = catalogue('<Товар><Ид>a</Ид><Наименование>Чёрный хлеб</Наименование></Товар>');
    const cyrillic = iconv.encode(document(goods, '2026-03-01T08:00:00', 'windows-1251'), 'windows-1251');

    const declared = await readExport({ 'import.xml': cyrillic });
    const marked = await readExport({ 'import.xml': `\uFEFF${document(goods)}` });

    expect(declared.items).toEqual([{ sku: 'a', barcode: null, name: 'Чёрный хлеб' }]);
    expect(marked.items).toEqual(declared.items);
  });

  it('knows characteristics of an earlier export, and leaves barcodes alone that offers may tell', async () => {
    const goods = document(
      catalogue(
        `<Товар><Ид>a</Ид><Наименование>Пряник</Наименование></Товар><Товар><Ид>b</Ид><Наименование>Квас</Наименование></Товар>`,
      ),
    );
    const earlier = await readExport({
      'offers.xml': document(
        offers('<Предложение><Ид>a#1</Ид><Наименование>Пряник (мёд)</Наименование></Предложение>'),
      ),
    });
    const place = { file: '', line: 0 };
    const known = ['a#1', 'z#1'].map((id) => ({
      id,
      files: [],
      place,
      name: 'Пряник (мёд)',
      stocks: [],
      removed: false,
    }));

    const { items } = await readExport({ 'import.xml': goods }, { knownOffers: known, offersMayFollow: true });

    expect(earlier.rows).toMatchObject([{ offer: { id: 'a#1', files: ['offers.xml'] } }]);
    expect(items).toEqual([
      { sku: 'a#1', name: 'Пряник (мёд)' },
      { sku: 'b', name: 'Квас' },
    ]);
  });

  it('names pictures by the addresses under which they are kept', async () => {
    const goods = document(
      catalogue(
        `<Товар><Ид>a</Ид><Наименование>А</Наименование><Картинка>import_files/a.jpg</Картинка><Картинка>b.jpg</Картинка></Товар>`,
      ),
    );
    const pictureAddress = (name: string) => (name === 'import_files/a.jpg' ? 'sha256:00' : undefined);

    const { items, notices } = await readExport({ 'import.xml': goods }, { pictureAddress });

    expect(items[0]?.imageUrls).toEqual(['sha256:00']);
    expect(notices).toEqual(['pictures that are file names, not web addresses, were left out']);
  });

  it('says that it holds only changes, and refuses orders alone', async () => {
    const changes = await read(document(catalogue('', true)), document(offers('')));

    expect(changes.input.holdsOnlyChanges).toBe(true);
    await expect(read(document('<Документ/>'))).rejects.toThrow('CommerceML without goods or offers');
  });

  it.each([
    ['is cut off', document(catalogue('<Товар><Ид>a</Ид>')).slice(0, -40), /line \d+: this is not well-formed XML/],
    [
      'declares entities',
      document('').replace('?>', '?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'),
      'a DOCTYPE is not accepted',
    ],
    ['uses an entity of its own', document(catalogue('<Товар><Ид>&xxe;</Ид></Товар>')), 'not well-formed XML'],
    ['is nested without end', document('<a>'.repeat(100)), 'elements are nested deeper than 64'],
    ['holds an endless text', document(`<a>${'x'.repeat(5_000_000)}</a>`), 'one text is longer than any export needs'],
    ['declares an unknown encoding', document('', undefined, 'x-klingon'), 'declares the encoding "x-klingon"'],
  ])('is refused before a row is sent when it %s', async (_, text, message) => {
    await expect(readExport({ 'import.xml': text })).rejects.toThrow(message);
  });
});

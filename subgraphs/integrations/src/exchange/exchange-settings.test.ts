import { afterEach, describe, expect, it } from '@jest/globals';
import { commerceml, importXml, offersXml } from '../testing/commerceml.ts';
import { createExchangeGraph, type ExchangeGraph } from '../testing/exchange-graph.ts';

let graph: ExchangeGraph;
afterEach(() => graph.subgraph.close());

const code = (text: string) =>
  `<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Код</Наименование><Значение>${text}</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>`;

describe('an exchange with settings', () => {
  it('names goods by 1C’s code when asked to, also where offers come alone and tell only the Ид', async () => {
    graph = await createExchangeGraph({ EXCHANGE_SKU_SOURCE: 'code', EXCHANGE_SOURCE: 'shop' });
    const goods = importXml([
      { id: 'guid-1', name: 'Квас', extra: code('00-07') },
      { id: 'guid-2', name: 'Пряник', extra: code('00-08') },
    ]);
    const offers = [
      { id: 'guid-1', name: 'Квас', price: '90', stock: '4' },
      { id: 'guid-2#a', name: 'Пряник (мёд)', price: '20', stock: '5' },
      { id: 'guid-9', name: 'Никто', price: '1' },
    ];
    await (await graph.oneC().begin()).bring({ 'import.xml': goods });

    const words = await (await graph.oneC().begin()).bring({ 'offers.xml': offersXml(offers) });

    expect(words).toEqual(['success']);
    expect([...graph.catalog.goods].map(([sku, { text }]) => [sku, JSON.parse(text).price ?? null])).toEqual([
      ['00-07', '90.00'],
      ['00-08', null],
      ['00-08#a', '20.00'],
    ]);
    expect(Object.fromEntries(graph.inventory.stock)).toEqual({ '1:00-07': '4.000', '1:00-08#a': '5.000' });
    const [{ runs }] = await graph.exchanges();
    expect(runs[0]).toMatchObject({ source: 'shop', counts: { rejected: 1 } });
    expect(runs[0].rejectedRows.nodes[0].errors[0]).toMatchObject({ code: 'UNREADABLE', field: 'name' });
  });

  it('takes the price that is named, and refuses an export that has none of that name', async () => {
    graph = await createExchangeGraph({ EXCHANGE_PRICE_TYPE: 'Оптовая' });
    const types = `<ТипыЦен><ТипЦены><Ид>t1</Ид><Наименование>Розничная</Наименование><Валюта>RUR</Валюта></ТипЦены>
      <ТипЦены><Ид>t2</Ид><Наименование>Оптовая</Наименование><Валюта>KZT</Валюта></ТипЦены></ТипыЦен>`;
    const price = (type: string, amount: string) =>
      `<Цена><ИдТипаЦены>${type}</ИдТипаЦены><ЦенаЗаЕдиницу>${amount}</ЦенаЗаЕдиницу></Цена>`;
    const offers =
      commerceml(`<ПакетПредложений>${types}<Предложения><Предложение><Ид>a</Ид><Наименование>А</Наименование>
      <Цены>${price('t1', '10')}${price('t2', '400')}</Цены></Предложение></Предложения></ПакетПредложений>`);
    const oneC = await graph.oneC().begin();

    const words = await oneC.bring({ 'offers.xml': offers });
    const other = await (await graph.oneC().begin()).bring({ 'offers.xml': offersXml([{ id: 'a', price: '1' }]) });

    expect([...words, ...other]).toEqual(['success', 'failure']);
    expect(JSON.parse(graph.catalog.goods.get('a')?.text ?? '')).toMatchObject({ price: '400.00', currency: 'KZT' });
  });

  it('tells 1C how large a piece may be, and stays shut where production has no password', async () => {
    graph = await createExchangeGraph({ EXCHANGE_FILE_LIMIT_MB: '50', UPLOAD_LIMIT_MB: '2' });
    const oneC = graph.oneC();
    await oneC.logIn();
    const init = await oneC.say({ type: 'catalog', mode: 'init' });
    await graph.subgraph.close();
    graph = await createExchangeGraph({
      ENVIRONMENT: 'production',
      INTERNAL_SECRET: 'a-secret-of-production-that-is-long-enough',
      ENCRYPTION_KEYS: 'k1:a-key-of-production-that-is-long-enough',
      ONE_C_WEBHOOK_SECRETS: '',
    });

    const shut = await graph.oneC().logIn();

    expect(init.lines[1]).toBe('file_limit=2097152');
    expect([shut.status, shut.lines]).toEqual([503, ['failure', expect.stringContaining('ONE_C_WEBHOOK_SECRETS')]]);
  });
});

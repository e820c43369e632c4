import type { IntegrationsContext } from '../context.ts';
import type { Sale } from '../orders/orders-client.ts';
import { ExchangeKnownRepository } from './exchange-known.repository.ts';
import { xmlElement, xmlTexts } from './xml-text.ts';

/** So many at a time: the next exchange brings the others. */
const most = 500;

/** 1C's times have no zone: those of an order are the shop's. */
const localMoment = (moment: string, timeZone: string): [date: string, time: string] => {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const [date = '', time = ''] = text.format(new Date(moment)).split(' ');
  return [date, time];
};

const property = (name: string, value: string): string =>
  xmlElement('ЗначениеРеквизита', xmlTexts({ Наименование: name, Значение: value }));

const goods = ({ sku, name, unit, quantity, price, total, tax, taxRate, note }: Sale['lines'][number], id: string) =>
  xmlElement(
    'Товар',
    xmlTexts({ Ид: id, Артикул: sku, Наименование: name, БазоваяЕдиница: unit, Комментарий: note }),
    xmlTexts({ ЦенаЗаЕдиницу: price, Количество: quantity, Сумма: total }),
    xmlElement('СтавкиНалогов', xmlElement('СтавкаНалога', xmlTexts({ Наименование: 'НДС', Ставка: taxRate }))),
    xmlElement('Налоги', taxOf(tax)),
    xmlElement('ЗначенияРеквизитов', property('ВидНоменклатуры', 'Товар'), property('ТипНоменклатуры', 'Товар')),
  );

const taxOf = (tax: string): string =>
  xmlElement('Налог', xmlTexts({ Наименование: 'НДС', УчтеноВСумме: 'true', Сумма: tax }));

/** Delivery is a service among the goods, under the name by which 1C's exchanges know it. */
const deliveryOf = ({ delivery }: Sale): string[] =>
  Number(delivery) === 0
    ? []
    : [
        xmlElement(
          'Товар',
          xmlTexts({ Ид: 'ORDER_DELIVERY', Наименование: 'Доставка заказа' }),
          xmlTexts({ ЦенаЗаЕдиницу: delivery, Количество: '1', Сумма: delivery }),
          xmlElement(
            'ЗначенияРеквизитов',
            property('ВидНоменклатуры', 'Услуга'),
            property('ТипНоменклатуры', 'Услуга'),
          ),
        ),
      ];

const buyerOf = ({ buyer: { id, name } }: Sale): string => {
  const known = name ?? id;
  const names = xmlTexts({ Ид: id, Наименование: known, ПолноеНаименование: known, Роль: 'Покупатель' });
  return xmlElement('Контрагенты', xmlElement('Контрагент', names));
};

const isOff = ({ status }: Sale): boolean => status === 'CANCELLED' || status === 'REJECTED';

function propertiesOf(sale: Sale): string {
  const { status, isPaid, deliverOn, timeZone, changedAt } = sale;
  return xmlElement(
    'ЗначенияРеквизитов',
    property('Статус заказа', status),
    property('Отменен', String(isOff(sale))),
    property('Финальный статус', String(isOff(sale) || status === 'DELIVERED')),
    property('Заказ оплачен', String(isPaid)),
    property('Метод оплаты', isPaid ? 'Банковская карта' : 'По счёту'),
    property('Доставка разрешена', String(!isOff(sale))),
    property('Дата изменения статуса', localMoment(changedAt, timeZone).join(' ')),
    ...(deliverOn ? [property('Дата доставки', deliverOn)] : []),
  );
}

/** An order as 1C takes it: a `Документ` of CommerceML. */
export function saleElement(sale: Sale, idOf: (sku: string) => string): string {
  const [date, time] = localMoment(sale.placedAt, sale.timeZone);
  return xmlElement(
    'Документ',
    xmlTexts({ Ид: sale.id, Номер: sale.number, Дата: date, ХозОперация: 'Заказ товара', Роль: 'Продавец' }),
    xmlTexts({ Валюта: sale.currency, Курс: '1', Сумма: sale.total }),
    buyerOf(sale),
    xmlTexts({ Время: time, Комментарий: sale.note }),
    xmlElement('Товары', ...sale.lines.map((line) => goods(line, idOf(line.sku))), ...deliveryOf(sale)),
    propertiesOf(sale),
  );
}

/** The orders that 1C has not stored as they are now, as elements. Until it confirms them they come again. */
export async function openOrders(context: IntegrationsContext, sessionId: string): Promise<string[]> {
  const sales = await context.orders.offer(sessionId, most);
  if (sales.length === 0) return [];
  const ids = await saleIds(context);
  return sales.map((sale) => saleElement(sale, (sku) => ids.get(sku) ?? sku));
}

/** What 1C calls goods that are known by another SKU here. */
async function saleIds({ settings, manager }: IntegrationsContext): Promise<ReadonlyMap<string, string>> {
  if (settings.exchange.skuSource === 'id') return new Map();
  const skus = await new ExchangeKnownRepository(manager).listSkus();
  return new Map([...skus].map(([id, sku]) => [sku, id]));
}

/** 1C's times have no zone: UTC is as good as any. */
const utcTime = (moment: Date): string => moment.toISOString().slice(0, 19);

/** The document that answers `type=sale&mode=query`. */
export function orderDocument(documents: readonly string[], formedAt: Date): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<КоммерческаяИнформация ВерсияСхемы="2.05" ДатаФормирования="${utcTime(formedAt)}">`,
    ...documents,
    '</КоммерческаяИнформация>',
    '',
  ].join('\n');
}

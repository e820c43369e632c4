import type { OfferMark, Place, WarehouseQuantity } from './row.ts';
import { isTrue, type XmlElement } from './xml-element.ts';

/** What the offers say of one good or of one of its characteristics. */
export interface Offer extends OfferMark {
  place: Place;
  price?: string;
  currency?: string;
  /** The total, without a warehouse. */
  quantity?: string;
  stocks: WarehouseQuantity[];
  removed: boolean;
}

export interface PriceType {
  id: string;
  name: string;
  currency: string | undefined;
}

const currencies: Record<string, string> = {
  RUR: 'RUB',
  РУБ: 'RUB',
  'РУБ.': 'RUB',
  '643': 'RUB',
  '810': 'RUB',
  '398': 'KZT',
  ТЕНГЕ: 'KZT',
  ТГ: 'KZT',
  '933': 'BYN',
  '840': 'USD',
  '978': 'EUR',
};

/** ISO 4217 for what 1C writes: `RUR` and `руб.` are RUB. */
export function currencyOf(text: string | undefined): string | undefined {
  const plain = text?.trim().toUpperCase();
  return plain ? (currencies[plain] ?? plain) : undefined;
}

export const baseIdOf = (id: string) => id.split('#', 1)[0] as string;

export const isRemoved = (element: XmlElement) =>
  /^удален[оа]?$/i.test((element.attributes.Статус ?? '').replaceAll('ё', 'е')) ||
  isTrue(element.attributes.ПометкаУдаления) ||
  isTrue(element.value('ПометкаУдаления'));

/** `Размер 40, Цвет коричневый` is told by its values alone, as 1C does in its own names. */
export const characteristicOf = (element: XmlElement) =>
  element
    .list('ХарактеристикиТовара', 'ХарактеристикаТовара')
    .map((one) => one.value('Значение'))
    .filter(Boolean)
    .join(', ') || undefined;

/** Each version of CommerceML has its own way to say where goods lie. */
function stocksOf(element: XmlElement): WarehouseQuantity[] {
  const attributed = element.all('Склад').map(({ attributes }) => [attributes.ИдСклада, attributes.КоличествоНаСкладе]);
  const rests = element
    .list('Остатки', 'Остаток')
    .flatMap((rest) => rest.all('Склад'))
    .map((warehouse) => [warehouse.value('Ид'), warehouse.value('Количество')]);
  const listed = element
    .list('КоличествоНаСкладах', 'КоличествоНаСкладе')
    .map((one) => [one.value('ИдСклада') ?? one.value('Ид'), one.value('Количество')]);
  const found = new Map<string, WarehouseQuantity>();
  for (const [id, quantity] of [...attributed, ...rests, ...listed]) {
    const warehouse = id?.trim();
    if (warehouse && quantity) found.set(warehouse, { warehouse, quantity });
  }
  return [...found.values()];
}

function priceOf(element: XmlElement, priceType: PriceType | undefined): Pick<Offer, 'price' | 'currency'> {
  const price = element
    .list('Цены', 'Цена')
    .find((one) => priceType === undefined || one.value('ИдТипаЦены') === priceType.id);
  const amount = price?.value('ЦенаЗаЕдиницу');
  return amount ? { price: amount, currency: currencyOf(price?.value('Валюта') ?? priceType?.currency) } : {};
}

/** Reads one `Предложение`; undefined when it has no `Ид` to hang it on. */
export function readOffer(element: XmlElement, place: Place, priceType: PriceType | undefined): Offer | undefined {
  const id = element.value('Ид');
  if (!id) return undefined;
  return {
    id,
    files: [place.file],
    place,
    name: element.value('Наименование'),
    barcode: element.value('Штрихкод'),
    article: element.value('Артикул'),
    characteristic: characteristicOf(element),
    ...priceOf(element, priceType),
    quantity: element.value('Количество') ?? element.child('Остатки')?.child('Остаток')?.value('Количество'),
    stocks: stocksOf(element),
    removed: isRemoved(element),
  };
}

/** Prices and rests may come in files of their own: what the first (the newest) leaves open, the other fills in. */
export function mergeOffers(first: Offer, other: Offer): Offer {
  const given = Object.fromEntries(Object.entries(first).filter(([, value]) => value !== undefined)) as Partial<Offer>;
  const stocks = first.stocks.length > 0 ? first.stocks : other.stocks;
  const files = [...first.files, ...other.files];
  return { ...other, ...given, files, stocks, removed: first.removed || other.removed };
}

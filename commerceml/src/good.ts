import type { Classifier } from './classifier.ts';
import type { Notices } from './notices.ts';
import { characteristicOf, isRemoved, type Offer } from './offer.ts';
import { type PictureAddress, pictureAddresses } from './pictures.ts';
import type { InputRow, Place, ProductItem, WarehouseItem, WarehouseQuantity } from './row.ts';
import { gramsOf } from './weight.ts';
import type { XmlElement } from './xml-element.ts';

/**
 * What becomes the sku. `Ид` by default: it is the only key that import and offers files share, that every good has, that never
 * repeats and that tells characteristics apart (`guid#guid`). An `Артикул` is typed by people, may be missing and is the same
 * for all characteristics of a good; the `Код` requisite is missing from most exports and from all offers. Shops whose other
 * exports speak in those can choose them, a characteristic then being `article#guid`.
 */
export const skuSources = ['id', 'article', 'code'] as const;
export type SkuSource = (typeof skuSources)[number];

export interface GoodContext {
  classifier: Classifier;
  warehouses: ReadonlyMap<string, WarehouseItem>;
  notices: Notices;
  skuSource: SkuSource;
  /** Where pictures are that the export names by their files. */
  pictureAddress?: PictureAddress;
  /** Where no offers have come, they still may: a barcode that the goods do not tell may stand there, and is left as it is. */
  offersMayFollow?: boolean;
}

const requisite = (good: XmlElement, name: RegExp) =>
  good
    .list('ЗначенияРеквизитов', 'ЗначениеРеквизита')
    .find((one) => name.test(one.value('Наименование') ?? ''))
    ?.value('Значение');

// OKEI, the Russian classifier of units, as far as goods on a shelf need it.
const units: Record<string, string> = {
  '796': 'шт',
  '166': 'кг',
  '163': 'г',
  '112': 'л',
  '111': 'мл',
  '715': 'пара',
  '778': 'упак',
  '006': 'м',
  '6': 'м',
};

function unitOf(good: XmlElement): string | undefined {
  const unit = good.child('БазоваяЕдиница');
  if (!unit) return undefined;
  const text = unit.text.trim();
  const code = (unit.attributes.Код ?? text).trim();
  return (/^\d*$/.test(text) ? units[code] : text) ?? unit.attributes.НаименованиеПолное?.trim();
}

/** Undefined where the export has none: 1C seldom holds the shop's pictures. */
function imagesOf(good: XmlElement, { notices, pictureAddress }: GoodContext): string[] | undefined {
  const pictures = good.all('Картинка').map((picture) => picture.text.trim());
  return pictures.length > 0 ? pictureAddresses(pictures, notices, pictureAddress) : undefined;
}

/** 1C keeps weight in kilograms, and 0 where it knows none. */
function weightOf(good: XmlElement): string | number | null | undefined {
  const weight = good.value('Вес') ?? requisite(good, /^вес$/i);
  if (weight === undefined) return undefined;
  return /^0+([.,]0*)?$/.test(weight) ? null : gramsOf(weight);
}

/**
 * Where the offer's goods lie. A declared warehouse that an offer does not mention holds none of it: 1C leaves such lines out,
 * and goods moved from one store to another would otherwise be counted in both.
 */
export function stocksOf(
  offer: Offer,
  warehouses: ReadonlyMap<string, unknown>,
): (Partial<WarehouseQuantity> & { quantity: string | number })[] {
  const isEmpty = offer.quantity !== undefined && /^0+([.,]0*)?$/.test(offer.quantity);
  if (offer.stocks.length === 0 && !(isEmpty && warehouses.size > 0)) {
    return offer.quantity === undefined ? [] : [{ quantity: offer.quantity }];
  }
  const named = new Set(offer.stocks.map((stock) => stock.warehouse));
  const unmentioned = [...warehouses.keys()]
    .filter((id) => !named.has(id))
    .map((warehouse) => ({ warehouse, quantity: 0 }));
  return [...offer.stocks, ...unmentioned];
}

export function skuOf(id: string, article: string | undefined, code: string | undefined, context: GoodContext): string {
  if (context.skuSource === 'id') return id;
  const chosen = context.skuSource === 'article' ? article : code;
  if (!chosen) context.notices.add(`goods without ${context.skuSource} keep their Ид as sku`);
  const [, characteristic] = id.split('#', 2);
  return chosen ? [chosen, characteristic].filter(Boolean).join('#') : id;
}

function nameOf(good: XmlElement, offer: Offer | undefined): string {
  const name = good.value('Наименование') ?? requisite(good, /^полное наименование$/i) ?? '';
  const characteristic = offer?.characteristic ?? characteristicOf(good);
  if (offer?.id.includes('#') && offer.name && offer.name !== name) return offer.name;
  return characteristic && !name.includes(characteristic) ? `${name} (${characteristic})` : name;
}

/** Joins a good with one of its offers, or with none, into a row. */
export function goodRow(
  good: XmlElement,
  id: string,
  offer: Offer | undefined,
  place: Place,
  context: GoodContext,
): InputRow {
  const isVariant = offer !== undefined && offer.id !== id;
  const article = good.value('Артикул') ?? offer?.article;
  const code = good.value('Код') ?? requisite(good, /^код$/i);
  const [stock, ...furtherStock] = offer ? stocksOf(offer, context.warehouses) : [];
  const item: ProductItem = {
    sku: skuOf(offer?.id ?? id, article, code, context),
    // A good's own barcode is not handed down to its characteristics: one barcode on many would join them into one product.
    barcode:
      offer?.barcode ??
      (isVariant ? undefined : good.value('Штрихкод')) ??
      (context.offersMayFollow ? undefined : null),
    name: nameOf(good, offer),
    description: good.child('Описание') ? (good.value('Описание') ?? null) : undefined,
    brand: context.classifier.brandOf(good),
    price: offer?.price,
    currency: offer?.currency,
    weightGrams: weightOf(good),
    unit: unitOf(good),
    categoryPath: context.classifier.pathOf(good),
    imageUrls: imagesOf(good, context),
    stockQuantity: stock?.quantity,
    warehouse: stock?.warehouse,
    removed: isRemoved(good) || offer?.removed || undefined,
  };
  if (JSON.stringify(item).includes('\uFFFD')) {
    return {
      kind: 'unreadable',
      place,
      reason: 'the good holds bytes that are not in the file\u2019s encoding',
      field: null,
      row: item,
    };
  }
  return { kind: 'product', place, item, furtherStock: furtherStock as WarehouseQuantity[], goodId: id, offer };
}

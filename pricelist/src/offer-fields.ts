import { FieldNames } from './table/field-names.ts';

/** What columns and keys can say: the fields of an offer, and those of a price that a row of its own tells. */
export type OfferField =
  | 'supplierSku'
  | 'productSku'
  | 'gtin'
  | 'name'
  | 'description'
  | 'unit'
  | 'baseUnit'
  | 'packSize'
  | 'multiple'
  | 'minimumQuantity'
  | 'taxRate'
  | 'taxIncluded'
  | 'catchWeight'
  | 'leadTimeDays'
  | 'isAvailable'
  | 'stock'
  | 'availabilityUntil'
  | 'imageUrl'
  | 'price'
  | 'prices'
  | 'currency'
  | 'removed'
  | 'fromQuantity'
  | 'validFrom'
  | 'validUntil';

/** English, Russian and Swedish names, the best one first: of two in one file the earlier wins. */
export const offerFields = new FieldNames<OfferField>({
  supplierSku:
    'supplier sku|sku|supplier code|item code|article number|item number|product code|article|code|код поставщика|артикул|код|код товара|artikelnummer|artikelnr|art nr|artnr|artikel nr',
  productSku: 'product sku|catalogue sku|shop sku|код магазина|sku магазина|код в каталоге',
  gtin: 'gtin|ean|ean13|ean 13|barcode|bar code|штрихкод|штрих код|streckkod|ean kod',
  name: 'name|title|product name|item name|product|наименование|название|номенклатура|товар|benämning|artikelbenämning|produktnamn|namn|produkt|artikel',
  description: 'description|описание|состав|beskrivning',
  unit: 'unit|order unit|ordering unit|packaging|uom|unit of measure|упаковка|единица заказа|единица измерения|единица|ед изм|ед|förpackning|enhet|beställningsenhet',
  baseUnit:
    'base unit|content unit|comparison unit|базовая единица|единица содержимого|единица фасовки|basenhet|jämförelseenhet',
  packSize:
    'pack size|content|contents|units per pack|quantity per pack|qty per pack|фасовка|в упаковке|количество в упаковке|кол во в упаковке|вложение|förpackningsstorlek|antal per förpackning|innehåll',
  multiple: 'multiple|order multiple|increment|кратность|кратность заказа|multipel',
  minimumQuantity:
    'minimum quantity|min quantity|minimum order quantity|minimum order|min order|moq|минимальный заказ|мин заказ|минимальное количество|minsta antal|minsta beställning',
  taxRate: 'tax rate|vat rate|vat|tax|ставка ндс|ндс|momssats|moms',
  taxIncluded: 'tax included|vat included|incl vat|ндс включен|с ндс|цена с ндс|inkl moms',
  catchWeight: 'catch weight|variable weight|весовой товар|весовой|viktvara|viktartikel',
  leadTimeDays: 'lead time days|lead time|срок поставки дней|срок поставки|leveranstid dagar|leveranstid|ledtid',
  isAvailable: 'is available|available|availability|доступен|доступность|в наличии|наличие|tillgänglig|finns',
  stock: 'stock|stock quantity|quantity in stock|остаток|остатки|количество|lagersaldo|saldo',
  availabilityUntil: 'availability until|available until|доступен до|tillgänglig till',
  imageUrl: 'image url|image|picture|photo|картинка|фото|изображение|bild',
  price: 'price|unit price|net price|list price|amount|цена|цена за упаковку|стоимость|pris|nettopris|listpris|à pris',
  prices: 'prices',
  currency: 'currency|currency code|валюта|код валюты|valuta',
  removed: 'removed|deleted|is deleted|удален|удалено|пометка удаления|borttagen|utgått',
  fromQuantity: 'from quantity|price from quantity|цена от количества|от количества|från antal|staffelantal',
  validFrom: 'valid from|price valid from|действует с|цена действует с|giltig från|gäller från',
  validUntil:
    'valid until|valid to|price valid until|действует до|действует по|цена действует до|giltig till|gäller till',
});

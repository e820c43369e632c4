import { FieldNames } from '@gastronom/pricelist/table/field-names';

export type Field =
  | 'sku'
  | 'barcode'
  | 'name'
  | 'description'
  | 'brand'
  | 'price'
  | 'currency'
  | 'weightGrams'
  | 'weightKilograms'
  | 'unit'
  | 'energyKcal'
  | 'carbohydrates'
  | 'fat'
  | 'proteins'
  | 'sugars'
  | 'nutrition'
  | 'categoryPath'
  | 'imageUrls'
  | 'stockQuantity'
  | 'warehouse'
  | 'removed';

/**
 * Names under which a field is met, in the form `normalise` gives them. Of two names present in one file the earlier wins:
 * `Код` is 1C's nomenclature code and so the sku, where an `Артикул` stands beside it.
 */
const names: Record<Field, string> = {
  sku: 'sku|код|код товара|код номенклатуры|номенклатурный код|код 1с|артикул|article|code|item code|vendor code|product code|ид|id|guid|external id',
  barcode: 'barcode|штрихкод|штрих код|шк|ean|ean13|ean 13|gtin|upc|bar code|баркод',
  name: 'name|наименование|название|номенклатура|товар|наименование товара|название товара|полное наименование|title|product name|product',
  description: 'description|описание|описание товара|состав|ingredients|ingredients text',
  brand: 'brand|бренд|торговая марка|марка|производитель|изготовитель|brands|manufacturer|vendor',
  price: 'price|цена|розничная цена|цена розничная|цена продажи|стоимость|retail price|price rub|price amount',
  currency: 'currency|валюта|currency code|код валюты',
  weightGrams: 'weight grams|weight g|вес г|вес гр|масса г|вес грамм|вес в граммах|вес нетто г|grams',
  weightKilograms: 'weight kg|вес|вес кг|масса|масса кг|вес нетто|вес нетто кг',
  unit: 'unit|единица|единица измерения|ед изм|ед|базовая единица|uom|unit of measure',
  energyKcal:
    'energy kcal|kcal|калорийность|ккал|энергетическая ценность|калории|calories|energy kcal 100g|калорийность ккал',
  carbohydrates: 'carbohydrates|carbs g|carbs|углеводы|carbohydrates g|carbohydrates 100g|углеводы г',
  fat: 'fat|fat g|жиры|fats|fat 100g|жиры г',
  proteins: 'proteins|proteins g|protein|protein g|белки|proteins 100g|белки г',
  sugars: 'sugars|sugar g|sugar|sugars g|сахар|сахара|sugars 100g|сахара г|сахар г',
  nutrition: 'nutrition|nutrition per 100 g',
  categoryPath: 'category path|categories|category|категория|категории|группа|группы|группа товаров|раздел|путь|group',
  imageUrls:
    'image urls|image url|images|image|картинка|картинки|фото|изображение|изображения|ссылка на фото|picture|pictures|photo',
  stockQuantity:
    'stock quantity|stock|остаток|количество|кол во|остатки|остаток на складе|свободный остаток|в наличии|наличие|quantity|qty|amount in stock',
  warehouse: 'warehouse|склад|код склада|ид склада|warehouse id|store',
  removed: 'removed|удален|удалено|пометка удаления|deleted|is deleted',
};

export const fieldNames = new FieldNames<Field>(names);

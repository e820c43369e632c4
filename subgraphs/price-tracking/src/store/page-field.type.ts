import { registerEnumType } from 'type-graphql';

/** As `pageFields` of product-page say it, under the names of the graph. */
export enum PageField {
  TITLE = 'title',
  PRICE = 'price',
  OLD_PRICE = 'oldPrice',
  CURRENCY = 'currency',
  IMAGE = 'image',
  AVAILABILITY = 'availability',
  GTIN = 'gtin',
  SKU = 'sku',
  SELLER = 'seller',
  CONDITION = 'condition',
  SIZE = 'size',
}
registerEnumType(PageField, {
  name: 'PageField',
  description: 'What a page can say of its product.',
  valuesConfig: {
    TITLE: { description: 'What the product is called.' },
    PRICE: { description: 'What it costs now.' },
    OLD_PRICE: { description: 'What it cost before a reduction.' },
    CURRENCY: { description: 'ISO 4217 code of its price.' },
    IMAGE: { description: 'Address of its picture.' },
    AVAILABILITY: { description: 'Whether it can be bought.' },
    GTIN: { description: 'The number under its barcode.' },
    SKU: { description: 'The store’s own code of it.' },
    SELLER: { description: 'Who sells it there.' },
    CONDITION: { description: 'How used it is.' },
    SIZE: { description: 'Its size.' },
  },
});

import { Json } from '@gastronom/shared/scalars';
import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { CatalogContext } from '../context.ts';
import { shownAddress } from './image-address.ts';
import { orderedImages } from './image-order.ts';
import type { ProductEntity } from './product.entity.ts';
import { ProductRepository } from './product.repository.ts';

const mostSkus = 5_000;

/** Goods as the shop offers them on the marketplace. */
interface OfferedProduct
  extends Pick<
    ProductEntity,
    'sku' | 'barcode' | 'name' | 'unit' | 'weightGrams' | 'isAvailable' | 'categoryPath' | 'description'
  > {
  readonly price: { readonly amount: string; readonly currency: string } | null;
  readonly imageUrl: string | null;
}

/** What suppliers asks of the catalogue. */
@Resolver()
export class ProductOfferResolver {
  @Directive('@inaccessible')
  @Query(() => Json, {
    description:
      'Goods as the shop offers them: `{sku, barcode, name, description, unit, weightGrams, isAvailable, categoryPath, price: {amount, currency} or null, imageUrl}` for each that the catalogue knows, those that it hides too (`isAvailable` is false then). For suppliers.',
  })
  async productsForOffers(
    @Ctx() { manager, settings: { publicUrl } }: CatalogContext,
    @Arg('skus', () => [String], { description: '1C’s nomenclature codes, at most 5,000.' }) skus: string[],
  ): Promise<OfferedProduct[]> {
    const products = await new ProductRepository(manager).listBySkus(skus.slice(0, mostSkus));
    return products.map((product) => offered(product, publicUrl));
  }
}

function offered(product: ProductEntity, publicUrl: string): OfferedProduct {
  const { sku, barcode, name, description, unit, weightGrams, isAvailable, categoryPath } = product;
  const { priceAmount, priceCurrency, imageUrls, imageOrder } = product;
  const [first] = orderedImages(imageUrls, imageOrder);
  return {
    ...{ sku, barcode, name, description, unit, weightGrams, isAvailable, categoryPath },
    price: priceAmount !== null && priceCurrency !== null ? { amount: priceAmount, currency: priceCurrency } : null,
    imageUrl: first === undefined ? null : shownAddress(first, publicUrl),
  };
}

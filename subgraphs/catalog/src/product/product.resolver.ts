import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { DomainError } from '@gastronom/shared/domain-error';
import { isUUID } from '@gastronom/shared/id';
import { noCurrency } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Category } from '../category/category.type.ts';
import type { CatalogContext } from '../context.ts';
import { shownAddress } from './image-address.ts';
import { orderedImages } from './image-order.ts';
import type { ProductEntity } from './product.entity.ts';
import { ProductRepository } from './product.repository.ts';
import { Nutrition, Product, ProductImage } from './product.type.ts';

/** As many as a page has. */
const mostSkus = 100;

@Resolver(() => Product)
export class ProductResolver {
  @SameForAll()
  @Query(() => Product, {
    nullable: true,
    description:
      'One product by exactly one of its keys, hidden goods included (`hiddenReason`); null when there is none. No key or several: BAD_USER_INPUT.',
  })
  async product(
    @Ctx() { manager, loaders }: CatalogContext,
    @Arg('id', () => ID, { nullable: true, description: 'Our own id (UUID).' }) id?: string | null,
    @Arg('sku', () => String, { nullable: true, description: '1C’s nomenclature code; spaces around it are ignored.' })
    sku?: string | null,
    @Arg('barcode', () => String, {
      nullable: true,
      description:
        'Barcode; spaces and dashes are ignored. Where several goods share it: one that is not hidden before one that is, then the oldest.',
    })
    barcode?: string | null,
  ): Promise<ProductEntity | null> {
    const given = [id, sku, barcode].filter((key) => key !== undefined && key !== null);
    if (given.length !== 1)
      throw new DomainError('BAD_USER_INPUT', `Give one of id, sku and barcode: ${given.length} were given.`);
    if (id) return isUUID(id) ? loaders.products.byId.load(id.toLowerCase()) : null;
    if (sku) return loaders.products.bySku.load(storable(sku.trim()));
    return barcode ? new ProductRepository(manager).findByBarcode(storable(barcode.replace(/[\s-]/g, ''))) : null;
  }

  @SameForAll()
  @Query(() => [Product], {
    description:
      'Products by their SKUs, each once, in the order asked for; those that there are not, or that are hidden, are left out. More than 100 SKUs: BAD_USER_INPUT.',
  })
  async productsBySku(
    @Ctx() { loaders }: CatalogContext,
    @Arg('skus', () => [String], {
      description: '1C’s nomenclature codes, at most 100; spaces around them are ignored.',
    })
    skus: string[],
  ): Promise<ProductEntity[]> {
    if (skus.length > mostSkus)
      throw new DomainError('BAD_USER_INPUT', `Give at most ${mostSkus} SKUs: ${skus.length} were given.`);
    const keys = [...new Set(skus.map((sku) => storable(sku.trim())))];
    const found = await Promise.all(keys.map((sku) => loaders.products.bySku.load(sku)));
    return found.filter((product) => product !== null && product.hiddenReason === null) as ProductEntity[];
  }

  @SameForAll()
  @FieldResolver(() => Money, {
    nullable: true,
    description: `The shop’s own price where it set one, else 1C’s; null when neither has one. Currency ${noCurrency}: nobody said.`,
  })
  price(@Root() { priceAmount, priceCurrency }: ProductEntity): Money | null {
    return priceAmount === null ? null : { amount: priceAmount, currencyCode: priceCurrency ?? noCurrency };
  }

  @SameForAll()
  @FieldResolver(() => Nutrition, {
    nullable: true,
    description: 'Nutrition facts per 100 g; null when none is known.',
  })
  nutrition(@Root() product: ProductEntity): ProductEntity | null {
    const { energyKcal, carbohydrates, fat, proteins, sugars } = product;
    return [energyKcal, carbohydrates, fat, proteins, sugars].some((fact) => fact !== null) ? product : null;
  }

  @SameForAll()
  @FieldResolver(() => [ProductImage], { description: 'Pictures: in the shop’s order where it set one, else in 1C’s.' })
  images(
    @Root() { imageUrls, imageOrder }: ProductEntity,
    @Ctx() { settings: { publicUrl } }: CatalogContext,
  ): ProductImage[] {
    const addresses = orderedImages(imageUrls, imageOrder);
    return addresses.map((stored, position) => ({ url: shownAddress(stored, publicUrl), position }));
  }

  @SameForAll()
  @FieldResolver(() => Category, { nullable: true, description: 'The category under which 1C files the goods.' })
  category(@Root() { categoryId }: ProductEntity, @Ctx() { loaders }: CatalogContext) {
    return categoryId === null ? null : loaders.categories.byId.load(categoryId);
  }
}

/** Text without NUL, which PostgreSQL cannot hold and which no key of ours contains. */
const storable = (text: string): string => text.replaceAll('\0', '');

/** How the gateway turns references into goods: those of one page are one statement for each kind of key. */
export function resolveProductReference(
  { id, sku }: { id?: unknown; sku?: unknown },
  { loaders }: CatalogContext,
): Promise<ProductEntity | null> | null {
  if (typeof id === 'string') return isUUID(id) ? loaders.products.byId.load(id.toLowerCase()) : null;
  return typeof sku === 'string' ? loaders.products.bySku.load(storable(sku)) : null;
}

import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { Product } from '../product/product.type.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import { CatalogueLinkService } from './catalogue-link.service.ts';
import { CatalogueLinkPayload } from './catalogue-link.type.ts';

const goodsOf = (sku: string | null): Product | null => (sku === null ? null : { sku });

@Resolver(() => TrackedProduct)
export class CatalogueLinkResolver {
  @Mutation(() => CatalogueLinkPayload, {
    description:
      'Says which goods of the catalogue a tracked product is: those that are suggested, or those with an SKU. Linked by staff or an admin, its prices count as those of the market.',
  })
  confirmCatalogueLink(
    @Ctx() context: PriceTrackingContext,
    @Arg('productId', () => ID, { description: 'The tracked product (UUID).' }) productId: string,
    @Arg('sku', () => String, { nullable: true, description: 'SKU of the goods; by default what is suggested.' })
    sku?: string | null,
  ): Promise<CatalogueLinkPayload> {
    return new CatalogueLinkService(context).confirm(productId, sku ?? null);
  }

  @Mutation(() => CatalogueLinkPayload, {
    description:
      'Takes the link of a tracked product to the catalogue away, or rejects what is suggested: it is not suggested again.',
  })
  removeCatalogueLink(
    @Ctx() context: PriceTrackingContext,
    @Arg('productId', () => ID, { description: 'The tracked product (UUID).' }) productId: string,
  ): Promise<CatalogueLinkPayload> {
    return new CatalogueLinkService(context).remove(productId);
  }

  @FieldResolver(() => Product, { nullable: true, description: 'The goods that it is, as a person has confirmed.' })
  catalogueProduct(@Root() { catalogueSku }: TrackedProductEntity): Product | null {
    return goodsOf(catalogueSku);
  }

  @FieldResolver(() => Product, {
    nullable: true,
    description: 'The only goods with its barcode, until somebody confirms or rejects that.',
  })
  suggestedCatalogueProduct(@Root() { suggestedSku }: TrackedProductEntity): Product | null {
    return goodsOf(suggestedSku);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether its prices count as those of the market for the goods: they do when staff have linked it.',
  })
  countsForMarket(@Root() { countsForMarket }: TrackedProductEntity): boolean {
    return countsForMarket;
  }
}

import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from '../context.ts';
import { storedAddress } from './image-address.ts';
import type { ProductEntity } from './product.entity.ts';
import { Product } from './product.type.ts';
import {
  SetProductAvailabilityInput,
  SetProductImageOrderInput,
  SetProductOverridesInput,
  SetProductTagsInput,
} from './product-shop.inputs.ts';
import { decideAvailability, decideImageOrder, decideOverrides, decideTags } from './product-shop.rules.ts';
import { ProductShopService, type ShopAnswer } from './product-shop.service.ts';
import { ProductOverrides, SetProductPayload } from './product-shop.type.ts';

/** What staff say of goods, over what 1C says. */
@Resolver(() => Product)
export class ProductShopResolver {
  @Mutation(() => SetProductPayload, { description: 'Switches a product on or off in the shop. For staff.' })
  setProductAvailability(
    @Ctx() context: CatalogContext,
    @Arg('input', () => SetProductAvailabilityInput, { description: 'The switch.' }) input: SetProductAvailabilityInput,
  ): Promise<ShopAnswer> {
    return new ProductShopService(context).set('availability.set', input.productId, () => decideAvailability(input));
  }

  @Mutation(() => SetProductPayload, { description: 'Sets the tags of a product. For staff.' })
  setProductTags(
    @Ctx() context: CatalogContext,
    @Arg('input', () => SetProductTagsInput, { description: 'The tags.' }) input: SetProductTagsInput,
  ): Promise<ShopAnswer> {
    return new ProductShopService(context).set('tags.set', input.productId, () => decideTags(input));
  }

  @Mutation(() => SetProductPayload, { description: 'Sets which pictures of a product come first. For staff.' })
  setProductImageOrder(
    @Ctx() context: CatalogContext,
    @Arg('input', () => SetProductImageOrderInput, { description: 'The order.' }) input: SetProductImageOrderInput,
  ): Promise<ShopAnswer> {
    const { publicUrl } = context.settings;
    const stored = { ...input, urls: input.urls.map((url) => storedAddress(url, publicUrl)) };
    return new ProductShopService(context).set('image-order.set', input.productId, (product) =>
      decideImageOrder(stored, product),
    );
  }

  @Mutation(() => SetProductPayload, {
    description: 'Says name, description or price of a product in place of 1C, or lets 1C speak again. For staff.',
  })
  setProductOverrides(
    @Ctx() context: CatalogContext,
    @Arg('input', () => SetProductOverridesInput, { description: 'What to say.' }) input: SetProductOverridesInput,
  ): Promise<ShopAnswer> {
    return new ProductShopService(context).set('overrides.set', input.productId, () => decideOverrides(input));
  }

  @FieldResolver(() => ProductOverrides, {
    description: 'What the shop says in place of 1C. For staff.',
    nullable: true,
  })
  overrides(@Root() product: ProductEntity): ProductOverrides {
    const { nameOverride, descriptionOverride, priceOverride, currencyOverride } = product;
    const price = priceOverride === null ? null : { amount: priceOverride, currencyCode: currencyOverride ?? '' };
    return { name: nameOverride, description: descriptionOverride, price };
  }
}

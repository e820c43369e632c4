import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { moneyOf, noCurrency, toMinorUnit } from '@gastronom/shared/money';
import { Decimal } from 'decimal.js';
import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { MarketPrice, Product } from './product.type.ts';

@Resolver(() => Product)
export class ProductResolver {
  @Directive('@requires(fields: "price { currencyCode }")')
  @SameForAll()
  @FieldResolver(() => MarketPrice, {
    nullable: true,
    description:
      'What other stores ask for it, in the currency of the shop’s own price unless another is asked for; where the shop has none, in that of the most stores. Null where no store’s price was read lately (MARKET_PRICE_HOURS, 48). Prices are not converted.',
  })
  async marketPrice(
    @Ctx() { loaders }: PriceTrackingContext,
    @Root() { sku, price }: Product,
    @Arg('currency', () => String, { nullable: true, description: 'ISO 4217 code, as `KZT`.' })
    currency?: string | null,
  ): Promise<MarketPrice | null> {
    const own = price?.currencyCode === noCurrency ? null : price?.currencyCode;
    const wanted = currency ?? own;
    const market = await loaders.marketPrices.load(sku);
    const figures = wanted ? market.find((row) => row.currency === wanted) : market[0];
    if (!figures) return null;
    const average = toMinorUnit(new Decimal(figures.average), figures.currency);
    return {
      lowest: moneyOf(figures.lowest, figures.currency),
      average: moneyOf(average, figures.currency),
      stores: figures.stores,
      asOf: figures.asOf,
    };
  }
}

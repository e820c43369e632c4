import { Json } from '@gastronom/shared/scalars';
import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { InventoryContext } from '../context.ts';
import { parseInternal } from '../parse.ts';

const goodsSchema = z
  .array(z.object({ sku: z.string(), isAvailable: z.boolean(), categoryPath: z.array(z.string()) }))
  .max(5_000);

interface OfferedStock {
  readonly sku: string;
  /** In the good's unit, as a decimal. */
  readonly available: string;
}

/** What suppliers asks of the stock, of what the shop itself offers. */
@Resolver()
export class OfferedStockResolver {
  @Directive('@inaccessible')
  @Query(() => Json, {
    description:
      'How much of goods can be ordered online, as `Product.availableOnline` says: `{sku, available: "7.5"}` for each, in their order. For suppliers.',
  })
  availableForOffers(
    @Ctx() { loaders }: InventoryContext,
    @Arg('goods', () => Json, { description: '`[{sku, isAvailable, categoryPath}]`, at most 5,000.' }) goods: unknown,
  ): Promise<OfferedStock[]> {
    const wanted = parseInternal(goodsSchema, goods, 'list of goods');
    return Promise.all(
      wanted.map(async (good) => {
        const { availableOnline } = await loaders.stockSummary.load({ ...good, withRows: false });
        return { sku: good.sku, available: decimalText(availableOnline) };
      }),
    );
  }
}

/** Without an exponent, which a number of thousandths could be printed with. */
const decimalText = (quantity: number): string => quantity.toFixed(3).replace(/\.?0+$/, '');

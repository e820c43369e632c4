import { DomainError } from '@gastronom/shared/domain-error';
import { Arg, Ctx, Float, Query, Resolver } from 'type-graphql';
import { CatalogClient } from '../catalog/catalog.client.ts';
import type { InventoryContext } from '../context.ts';
import { BufferService, bufferProblem } from './buffer.service.ts';
import { BufferImpactRepository, type ImpactCounts } from './buffer-impact.repository.ts';
import { StockBufferImpact } from './buffer-impact.type.ts';

const goodsPerCall = 10_000;

const add = (sum: ImpactCounts, page: ImpactCounts): ImpactCounts => ({
  goods: sum.goods + page.goods,
  overridden: sum.overridden + page.overridden,
  sellable: sum.sellable + page.sellable,
  sellableNow: sum.sellableNow + page.sellableNow,
  wouldHide: sum.wouldHide + page.wouldHide,
  wouldShow: sum.wouldShow + page.wouldShow,
});

@Resolver()
export class BufferImpactResolver {
  @Query(() => StockBufferImpact, {
    description:
      'How many goods a global buffer would leave sellable and how many it would hide, beside the one of now. Counts every good that the catalogue shows. For staff.',
  })
  async stockBufferImpact(
    @Ctx() context: InventoryContext,
    @Arg('buffer', () => Float, { description: 'The buffer to try: 0 to 1,000,000, at most 3 decimals.' })
    buffer: number,
  ): Promise<StockBufferImpact> {
    const problem = bufferProblem(buffer);
    if (problem) throw new DomainError('BAD_USER_INPUT', problem.message);
    const catalog = new CatalogClient(context);
    const impacts = new BufferImpactRepository(context.manager);
    const currentBuffer = Number((await new BufferService(context).getGlobal()).quantity);

    let counts: ImpactCounts = { goods: 0, overridden: 0, sellable: 0, sellableNow: 0, wouldHide: 0, wouldShow: 0 };
    let after: string | null = null;
    do {
      const goods = await catalog.listGoods(goodsPerCall, after);
      counts = add(counts, await impacts.countGoods(goods, buffer, currentBuffer));
      after = goods.length < goodsPerCall ? null : (goods.at(-1)?.sku ?? null);
    } while (after !== null);

    const { goods, sellable, sellableNow } = counts;
    return { buffer, currentBuffer, ...counts, hidden: goods - sellable, hiddenNow: goods - sellableNow };
  }
}

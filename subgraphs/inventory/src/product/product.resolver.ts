import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { Ctx, Directive, FieldResolver, Float, Resolver, Root } from 'type-graphql';
import { statusOf } from '../availability/availability-status.ts';
import type { InventoryContext } from '../context.ts';
import { WarehouseStock } from '../stock/warehouse-stock.type.ts';
import { Availability, Product } from './product.type.ts';
import type { StockRowView, StockSummary } from './stock-summary.repository.ts';

const summaryOf = ({ loaders }: InventoryContext, { sku, isAvailable, categoryPath }: Product): Promise<StockSummary> =>
  loaders.stockSummary.load({ sku, isAvailable, categoryPath, withRows: false });

@Resolver(() => Product)
export class ProductResolver {
  @Directive('@requires(fields: "isAvailable categoryPath")')
  @SameForAll()
  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'How much can be ordered online, in the good’s unit, with at most 3 decimals: the stock of all warehouses less what is reserved for orders and the buffer that the shop keeps back; 0 of what the shop does not sell. Null when the stock cannot be read.',
  })
  async availableOnline(@Ctx() context: InventoryContext, @Root() product: Product): Promise<number> {
    return (await summaryOf(context, product)).availableOnline;
  }

  @Directive('@requires(fields: "isAvailable categoryPath")')
  @SameForAll()
  @FieldResolver(() => Availability, {
    nullable: true,
    description:
      'What can be ordered, in a word and a number, and how new that is. Null when the stock cannot be read.',
  })
  async availability(@Ctx() context: InventoryContext, @Root() product: Product): Promise<Availability> {
    const { availableOnline, asOf, staleWarehouses } = await summaryOf(context, product);
    const { lowThreshold } = context.settings;
    return {
      status: statusOf(availableOnline, lowThreshold),
      availableOnline,
      asOf,
      isStale: asOf === null || staleWarehouses !== null,
    };
  }

  @FieldResolver(() => [WarehouseStock], {
    nullable: true,
    description: 'The raw stock in each warehouse, by warehouse. For staff.',
  })
  async stock(@Ctx() { loaders }: InventoryContext, @Root() { sku }: Product): Promise<readonly StockRowView[] | null> {
    const summary = await loaders.stockSummary.load({ sku, isAvailable: false, categoryPath: [], withRows: true });
    return summary.rows;
  }
}

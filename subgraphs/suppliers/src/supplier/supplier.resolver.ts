import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { SuppliersContext } from '../context.ts';
import type { SupplierEntity } from './supplier.entity.ts';
import { Supplier } from './supplier.type.ts';

@Resolver(() => Supplier)
export class SupplierResolver {
  @Query(() => Supplier, { nullable: true, description: 'A supplier by its id; null where there is none.' })
  supplier(
    @Ctx() { loaders }: SuppliersContext,
    @Arg('id', () => ID, { description: 'Its id (UUID).' }) id: string,
  ): Promise<SupplierEntity | null> {
    return loaders.suppliers.load(id);
  }
}

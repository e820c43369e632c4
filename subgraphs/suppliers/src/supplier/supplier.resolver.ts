import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeNameCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Money } from '@gastronom/shared/money.type';
import { containing } from '@gastronom/shared/storable-text';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { SuppliersContext } from '../context.ts';
import type { SupplierEntity } from './supplier.entity.ts';
import { CreateSupplierInput, UpdateSupplierInput } from './supplier.inputs.ts';
import { SupplierRepository, type SupplierSearch } from './supplier.repository.ts';
import { type SupplierAnswer, SupplierService } from './supplier.service.ts';
import { Supplier, SupplierConnection, SupplierPayload } from './supplier.type.ts';

const moneyOf = (amount: string | null, currencyCode: string): Money | null =>
  amount === null ? null : { amount, currencyCode };

@Resolver(() => Supplier)
export class SupplierResolver {
  @Query(() => Supplier, { nullable: true, description: 'A supplier by its id; null where there is none.' })
  supplier(
    @Ctx() { loaders }: SuppliersContext,
    @Arg('id', () => ID, { description: 'Its id (UUID).' }) id: string,
  ): Promise<SupplierEntity | null> {
    return loaders.suppliers.load(id);
  }

  @Query(() => Supplier, {
    nullable: true,
    description: 'The supplier for whose organization the person acts; null before it is registered, and for others.',
  })
  mySupplier(@Ctx() { manager, viewer }: SuppliersContext): Promise<SupplierEntity | null> | null {
    const own = viewer.kind === 'user' && viewer.organization?.type === 'SUPPLIER' ? viewer.organization.id : null;
    return own === null ? null : new SupplierRepository(manager).findOf(own);
  }

  @Mutation(() => SupplierPayload, {
    description: 'Registers an organization as a supplier. For its ADMINs, and for admins.',
  })
  createSupplier(
    @Ctx() context: SuppliersContext,
    @Arg('input', () => CreateSupplierInput, { description: 'The supplier.' }) input: CreateSupplierInput,
  ): Promise<SupplierAnswer> {
    return new SupplierService(context).create(input);
  }

  @Mutation(() => SupplierPayload, {
    description:
      'Changes what a supplier says of itself and of its terms. For ADMINs of its organization and admins; staff change the house.',
  })
  updateSupplier(
    @Ctx() context: SuppliersContext,
    @Arg('input', () => UpdateSupplierInput, { description: 'What changes.' }) input: UpdateSupplierInput,
  ): Promise<SupplierAnswer> {
    return new SupplierService(context).update(input);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The least that an order should come to; null for none.' })
  minimumOrder(@Root() { minimumAmount, currency }: SupplierEntity): Money | null {
    return moneyOf(minimumAmount, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What a delivery costs; null for nothing.' })
  deliveryFee(@Root() { deliveryFee, currency }: SupplierEntity): Money | null {
    return moneyOf(deliveryFee, currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'From what amount on a delivery costs nothing; null for never.',
  })
  deliveryFreeFrom(@Root() { deliveryFreeFrom, currency }: SupplierEntity): Money | null {
    return moneyOf(deliveryFreeFrom, currency);
  }

  @FieldResolver(() => String, { description: 'At what local time orders close, as `15:00`.' })
  cutOffTime(@Root() { cutOffTime }: SupplierEntity): string {
    return cutOffTime.slice(0, 5);
  }
}

type SupplierPage = Connection<SupplierEntity> & { readonly search: SupplierSearch };

@Resolver(() => SupplierConnection)
export class SupplierListResolver {
  @Query(() => SupplierConnection, { description: 'Suppliers that trade, by name.' })
  async suppliers(
    @Ctx() { manager }: SuppliersContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('search', () => String, { nullable: true, description: 'What the name contains; case does not matter.' })
    search?: string | null,
  ): Promise<SupplierPage> {
    const size = pageSize(first);
    const like = search?.trim() ? containing(search) : undefined;
    const sort = `suppliers:${like ?? ''}`;
    const rows = await new SupplierRepository(manager).list({ like }, size + 1, decodeNameCursor(after, sort));
    const cursorOf = ({ name, id }: SupplierEntity) => encodeCursor(sort, [name, id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), search: { like } };
  }

  @FieldResolver(() => Int, { description: 'How many suppliers match. Counted only when asked for.' })
  totalCount(@Root() { search }: SupplierPage, @Ctx() { manager }: SuppliersContext): Promise<number> {
    return new SupplierRepository(manager).count(search);
  }
}

import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { SuppliersContext } from '../context.ts';
import type { SupplierEntity } from '../supplier/supplier.entity.ts';
import { Supplier } from '../supplier/supplier.type.ts';
import { maySell } from '../supplier/supplier-access.ts';
import type { CustomerGroupEntity } from './customer-group.entity.ts';
import { SaveCustomerGroupInput } from './customer-group.inputs.ts';
import { CustomerGroupService, type GroupAnswer } from './customer-group.service.ts';
import { CustomerGroup, CustomerGroupPayload } from './customer-group.type.ts';

@Resolver(() => CustomerGroup)
export class CustomerGroupResolver {
  @Mutation(() => CustomerGroupPayload, {
    description: 'Makes a group of customers, or changes it. For members of the supplier’s organization and admins.',
  })
  saveCustomerGroup(
    @Ctx() context: SuppliersContext,
    @Arg('input', () => SaveCustomerGroupInput, { description: 'The group.' }) input: SaveCustomerGroupInput,
  ): Promise<GroupAnswer> {
    return new CustomerGroupService(context).save(input);
  }

  @Mutation(() => CustomerGroupPayload, {
    description:
      'Deletes a group of customers, and its prices with it. For members of the supplier’s organization and admins.',
  })
  deleteCustomerGroup(
    @Ctx() context: SuppliersContext,
    @Arg('id', () => ID, { description: 'The group (UUID).' }) id: string,
  ): Promise<GroupAnswer> {
    return new CustomerGroupService(context).delete(id);
  }

  @FieldResolver(() => [ID], {
    description: 'Organizations of its members (UUID), in the order in which they were added: at most 1,000.',
  })
  organizationIds(
    @Root() { id }: CustomerGroupEntity,
    @Ctx() { loaders }: SuppliersContext,
  ): Promise<readonly string[]> {
    return loaders.groups.members.load(id);
  }
}

@Resolver(() => Supplier)
export class SupplierGroupsResolver {
  @FieldResolver(() => [CustomerGroup], {
    nullable: true,
    description: 'Its groups of customers, by name: at most 200. For the supplier itself and admins; null for others.',
  })
  customerGroups(
    @Root() supplier: SupplierEntity,
    @Ctx() { loaders, viewer }: SuppliersContext,
  ): Promise<readonly CustomerGroupEntity[]> | null {
    return maySell(viewer, supplier) && viewer.kind !== 'service' ? loaders.groups.ofSupplier.load(supplier.id) : null;
  }
}

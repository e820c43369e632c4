import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { CustomerGroupEntity } from './customer-group.entity.ts';
import { CustomerGroupRepository } from './customer-group.repository.ts';

/** Groups of customers of one request. */
export class CustomerGroupLoaders {
  readonly ofSupplier: DataLoader<string, readonly CustomerGroupEntity[]>;
  /** Organization ids, in the order in which they were added. */
  readonly members: DataLoader<string, readonly string[]>;

  constructor(manager: EntityManager) {
    const groups = new CustomerGroupRepository(manager);
    this.ofSupplier = new DataLoader(async (ids) => {
      const found = Map.groupBy(await groups.list(ids), ({ supplierId }) => supplierId);
      return ids.map((id) => found.get(id) ?? []);
    });
    this.members = new DataLoader(
      async (ids) => {
        const found = Map.groupBy(await groups.listMembers(ids), ({ groupId }) => groupId);
        return ids.map((id) => (found.get(id) ?? []).map(({ organizationId }) => organizationId));
      },
      { cache: false },
    );
  }
}

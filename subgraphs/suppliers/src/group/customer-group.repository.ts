import { type EntityManager, In, Not } from 'typeorm';
import { CustomerGroupEntity } from './customer-group.entity.ts';
import { CustomerGroupMemberEntity } from './customer-group-member.entity.ts';

export class CustomerGroupRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  find(id: string): Promise<CustomerGroupEntity | null> {
    return this.#manager.findOneBy(CustomerGroupEntity, { id });
  }

  list(supplierIds: readonly string[]): Promise<CustomerGroupEntity[]> {
    return this.#manager.find(CustomerGroupEntity, {
      where: { supplierId: In([...supplierIds]) },
      order: { name: 'ASC' },
    });
  }

  async listIds(supplierId: string): Promise<string[]> {
    return (await this.list([supplierId])).map(({ id }) => id);
  }

  listMembers(groupIds: readonly string[]): Promise<CustomerGroupMemberEntity[]> {
    return this.#manager.find(CustomerGroupMemberEntity, {
      where: { groupId: In([...groupIds]) },
      order: { addedAt: 'ASC', organizationId: 'ASC' },
    });
  }

  async isNameTaken(supplierId: string, name: string, besides: string | null): Promise<boolean> {
    const others = await this.#manager.findBy(CustomerGroupEntity, {
      supplierId,
      ...(besides === null ? {} : { id: Not(besides) }),
    });
    return others.some((other) => other.name.toLowerCase() === name.toLowerCase());
  }

  save(group: Partial<CustomerGroupEntity>): Promise<CustomerGroupEntity> {
    return this.#manager.save(CustomerGroupEntity, group as CustomerGroupEntity);
  }

  async replaceMembers(groupId: string, organizationIds: readonly string[]): Promise<void> {
    await this.#manager.query(
      'DELETE FROM customer_group_members WHERE group_id = $1 AND organization_id <> ALL($2::uuid[])',
      [groupId, organizationIds],
    );
    await this.#manager.query(
      `INSERT INTO customer_group_members (group_id, organization_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING`,
      [groupId, organizationIds],
    );
  }

  async delete(id: string): Promise<void> {
    await this.#manager.delete(CustomerGroupEntity, { id });
  }
}

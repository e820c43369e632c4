import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import { AccountsClient } from '../accounts/accounts.client.ts';
import type { SuppliersContext } from '../context.ts';
import type { SupplierEntity } from '../supplier/supplier.entity.ts';
import { SupplierRepository } from '../supplier/supplier.repository.ts';
import { maySell } from '../supplier/supplier-access.ts';
import type { CustomerGroupEntity } from './customer-group.entity.ts';
import { customerGroupError } from './customer-group.errors.ts';
import type { SaveCustomerGroupInput } from './customer-group.inputs.ts';
import { CustomerGroupRepository } from './customer-group.repository.ts';

export interface GroupAnswer {
  readonly group: CustomerGroupEntity | null;
  readonly userErrors: readonly UserError[];
}

const mostGroups = 200;
const mostMembers = 1_000;

const refused = (...userErrors: UserError[]): GroupAnswer => ({ group: null, userErrors });
const notFound = (field: string): GroupAnswer =>
  refused(customerGroupError('NOT_FOUND', ['input', field], 'There is no such supplier or group of yours.'));

/** Makes, changes and deletes groups of customers. */
export class CustomerGroupService {
  readonly #context: SuppliersContext;

  constructor(context: SuppliersContext) {
    this.#context = context;
  }

  async save(input: SaveCustomerGroupInput): Promise<GroupAnswer> {
    const members = input.organizationIds && [...new Set(input.organizationIds.map((id) => id.toLowerCase()))];
    const problems = [...nameProblems(input), ...(await this.#memberProblems(members ?? []))];
    if (problems.length > 0) return refused(...problems);
    return inTransaction(this.#context.manager, async (manager) => {
      const groups = new CustomerGroupRepository(manager);
      const known = input.id ? await this.#find(manager, input.id) : null;
      if (input.id && !known) return notFound('id');
      const supplier = await this.#lockSupplier(manager, known?.supplierId ?? input.supplierId ?? null);
      if (!supplier) return notFound('supplierId');
      const refusal = await refusalOf(groups, supplier, known, input);
      if (refusal) return refused(refusal);
      const before = known && { ...known };
      const name = input.name?.trim();
      const group = await groups.save({ ...(known ?? { supplierId: supplier.id }), ...(name ? { name } : {}) });
      if (members) await groups.replaceMembers(group.id, members);
      await recordAudit(this.#context.jobs, manager, this.#context, {
        action: 'customer-group.save',
        subject: { type: 'CustomerGroup', id: group.id },
        before: before && { name: before.name },
        after: { name: group.name, ...(members ? { members } : {}) },
      });
      return { group, userErrors: [] };
    });
  }

  /** Its prices go with it. */
  async delete(id: string): Promise<GroupAnswer> {
    return inTransaction(this.#context.manager, async (manager) => {
      const group = await this.#find(manager, id);
      const supplier = group && (await this.#lockSupplier(manager, group.supplierId));
      if (!supplier) return notFound('id');
      await new CustomerGroupRepository(manager).delete(group.id);
      const subject = { type: 'CustomerGroup', id: group.id };
      const before = { name: group.name };
      await recordAudit(this.#context.jobs, manager, this.#context, {
        action: 'customer-group.delete',
        subject,
        before,
      });
      return { group, userErrors: [] };
    });
  }

  #find(manager: EntityManager, id: string): Promise<CustomerGroupEntity | null> {
    return isUUID(id) ? new CustomerGroupRepository(manager).find(id) : Promise.resolve(null);
  }

  async #lockSupplier(manager: EntityManager, given: string | null): Promise<SupplierEntity | null> {
    const { viewer } = this.#context;
    const suppliers = new SupplierRepository(manager);
    const own = viewer.kind === 'user' && viewer.organization?.type === 'SUPPLIER' ? viewer.organization.id : null;
    const id = given ?? (own && (await suppliers.findOf(own))?.id);
    const supplier = id && isUUID(id) ? await suppliers.lock(id) : null;
    return supplier && maySell(viewer, supplier) ? supplier : null;
  }

  async #memberProblems(members: readonly string[]): Promise<UserError[]> {
    const path = ['input', 'organizationIds'];
    if (members.length > mostMembers)
      return [customerGroupError('TOO_MANY', path, `A group has at most ${mostMembers} members.`)];
    const known = await new AccountsClient(this.#context).listRestaurants(members);
    const unknown = members.filter((id) => !known.has(id));
    return unknown.map((id) =>
      customerGroupError('UNKNOWN_CUSTOMER', path, `There is no restaurant ${id.slice(0, 40)}.`),
    );
  }
}

function nameProblems({ id, name }: SaveCustomerGroupInput): UserError[] {
  if (name == null && id) return [];
  const length = name?.trim().length ?? 0;
  const isGood = length >= 1 && length <= 100 && isStorable(name ?? '');
  return isGood ? [] : [customerGroupError('BAD_NAME', ['input', 'name'], 'A name has 1 to 100 characters.')];
}

async function refusalOf(
  groups: CustomerGroupRepository,
  supplier: SupplierEntity,
  known: CustomerGroupEntity | null,
  { name }: SaveCustomerGroupInput,
): Promise<UserError | null> {
  if (!known && (await groups.listIds(supplier.id)).length >= mostGroups)
    return customerGroupError('TOO_MANY', ['input'], `A supplier has at most ${mostGroups} groups.`);
  const isTaken = name && (await groups.isNameTaken(supplier.id, name.trim(), known?.id ?? null));
  return isTaken ? customerGroupError('NAME_TAKEN', ['input', 'name'], 'Another group has this name.') : null;
}

import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import { AccountsClient } from '../accounts/accounts.client.ts';
import type { SuppliersContext } from '../context.ts';
import type { SupplierEntity } from './supplier.entity.ts';
import { supplierError } from './supplier.errors.ts';
import type { CreateSupplierInput, UpdateSupplierInput } from './supplier.inputs.ts';
import { SupplierRepository } from './supplier.repository.ts';
import { problemsOf, type SupplierValues, valuesOf } from './supplier.rules.ts';
import { mayManage } from './supplier-access.ts';

export interface SupplierAnswer {
  readonly supplier: SupplierEntity | null;
  readonly userErrors: readonly UserError[];
}

const refused = (...userErrors: UserError[]): SupplierAnswer => ({ supplier: null, userErrors });

export const noSuchSupplier = (field: string): UserError =>
  supplierError('NOT_FOUND', ['input', field], 'There is no such supplier, or it is not yours to change.');

const notASupplier = supplierError(
  'NOT_A_SUPPLIER',
  ['input', 'organizationId'],
  'Suppliers are organizations of the type SUPPLIER: say which, or act for it as its ADMIN.',
);

/** The columns that a change of a supplier touches, as they were. */
const partOf = (supplier: SupplierEntity, values: SupplierValues): SupplierValues =>
  Object.fromEntries(Object.keys(values).map((field) => [field, supplier[field as keyof SupplierValues]]));

/** Registers suppliers, and changes what they say of themselves and of their trade. */
export class SupplierService {
  readonly #context: SuppliersContext;

  constructor(context: SuppliersContext) {
    this.#context = context;
  }

  async create(input: CreateSupplierInput): Promise<SupplierAnswer> {
    const values = valuesOf(input);
    const problems = [...problemsOf({ name: '', ...values }), ...freeWithoutFee(values)];
    if (problems.length > 0) return refused(...problems);
    const organizationId = await this.#organizationOf(input);
    if (!organizationId) return refused(notASupplier);
    return inTransaction(this.#context.manager, async (manager) => {
      const supplier = await new SupplierRepository(manager).insert({
        ...values,
        name: input.name.trim(),
        organizationId,
      });
      if (!supplier)
        return refused(supplierError('ALREADY_REGISTERED', ['input', 'organizationId'], 'It is registered already.'));
      const subject = { type: 'Supplier', id: supplier.id };
      const after = { organizationId, ...partOf(supplier, values) };
      await recordAudit(this.#context.jobs, manager, this.#context, { action: 'supplier.create', subject, after });
      return { supplier, userErrors: [] };
    });
  }

  async update({ id, ...wish }: UpdateSupplierInput): Promise<SupplierAnswer> {
    const values = valuesOf(wish);
    const problems = problemsOf(values);
    if (problems.length > 0) return refused(...problems);
    return inTransaction(this.#context.manager, async (manager) => {
      const suppliers = new SupplierRepository(manager);
      const known = isUUID(id) ? await suppliers.lock(id) : null;
      if (!known || !mayManage(this.#context.viewer, known)) return refused(noSuchSupplier('id'));
      const clash = [...freeWithoutFee({ ...known, ...values }), ...(await currencyClash(suppliers, known, values))];
      if (clash.length > 0) return refused(...clash);
      const supplier = await suppliers.update(known, values);
      const before = partOf(known, values);
      const after = partOf(supplier, values);
      if (JSON.stringify(before) !== JSON.stringify(after)) {
        const act = { action: 'supplier.update', subject: { type: 'Supplier', id }, before, after };
        await recordAudit(this.#context.jobs, manager, this.#context, act);
      }
      return { supplier, userErrors: [] };
    });
  }

  /** The organization that becomes a supplier: the person's own, as its ADMIN; any, by an admin of the product. */
  async #organizationOf({ organizationId: given }: CreateSupplierInput): Promise<string | null> {
    const { viewer } = this.#context;
    if (viewer.kind !== 'user') return null;
    const own =
      viewer.organization?.type === 'SUPPLIER' && viewer.organization.role === 'ADMIN' ? viewer.organization.id : null;
    const wanted = given?.toLowerCase() ?? own;
    if (!wanted || !isUUID(wanted)) return null;
    if (wanted === own) return own;
    if (viewer.role !== 'ADMIN') return null;
    const [organization] = await new AccountsClient(this.#context).listOrganizations([wanted]);
    return organization?.type === 'SUPPLIER' ? wanted : null;
  }
}

const freeWithoutFee = ({ deliveryFee, deliveryFreeFrom }: SupplierValues): UserError[] =>
  deliveryFreeFrom && !deliveryFee
    ? [
        supplierError(
          'FEE_MISSING',
          ['input', 'deliveryFreeFrom'],
          'Say what a delivery costs below that: `deliveryFee`.',
        ),
      ]
    : [];

async function currencyClash(
  suppliers: SupplierRepository,
  known: SupplierEntity,
  { currency = known.currency }: SupplierValues,
): Promise<UserError[]> {
  if (currency === known.currency || !(await suppliers.hasPrices(known.id))) return [];
  const message = `There are prices in ${known.currency}: they would mean something else.`;
  return [supplierError('CURRENCY_IN_USE', ['input', 'currency'], message)];
}

import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { SuppliersContext } from '../context.ts';
import { SupplierRepository } from '../supplier/supplier.repository.ts';
import { noSuchSupplier, type SupplierAnswer } from '../supplier/supplier.service.ts';
import { mayManage } from '../supplier/supplier-access.ts';
import type { DeliveryExceptionInput, DeliveryWindowInput, SetDeliveryDaysInput } from './delivery-terms.inputs.ts';
import { DeliveryTermsRepository, type NewException, type NewWindow } from './delivery-terms.repository.ts';
import { exceptionListProblems, weekProblems } from './delivery-terms.rules.ts';

const windowRow = ({ weekday, from, to, cutOffDays, cutOffTime }: DeliveryWindowInput): NewWindow => ({
  weekday,
  fromTime: from,
  toTime: to,
  cutOffDays: cutOffDays ?? null,
  cutOffTime: cutOffTime ?? null,
});

const exceptionRow = ({ on, isClosed, from, to, note }: DeliveryExceptionInput): NewException => ({
  onDate: on,
  isClosed,
  fromTime: isClosed ? null : (from ?? null),
  toTime: isClosed ? null : (to ?? null),
  note: note ?? null,
});

/** Sets when a supplier delivers. */
export async function setDeliveryDays(context: SuppliersContext, input: SetDeliveryDaysInput): Promise<SupplierAnswer> {
  const { supplierId, windows, exceptions } = input;
  const problems = [...weekProblems(windows ?? []), ...exceptionListProblems(exceptions ?? [])];
  if (problems.length > 0) return { supplier: null, userErrors: problems };
  return inTransaction(context.manager, async (manager) => {
    const supplier = isUUID(supplierId) ? await new SupplierRepository(manager).lock(supplierId) : null;
    if (!supplier || !mayManage(context.viewer, supplier))
      return { supplier: null, userErrors: [noSuchSupplier('supplierId')] };
    const terms = new DeliveryTermsRepository(manager);
    if (windows) await terms.replaceWindows(supplier.id, windows.map(windowRow));
    if (exceptions) await terms.replaceExceptions(supplier.id, exceptions.map(exceptionRow));
    const subject = { type: 'Supplier', id: supplier.id };
    const after = { ...(windows ? { windows } : {}), ...(exceptions ? { exceptions } : {}) };
    await recordAudit(context.jobs, manager, context, { action: 'delivery-days.set', subject, after });
    context.loaders.deliveringSuppliers.clear(supplier.id);
    return { supplier, userErrors: [] };
  });
}

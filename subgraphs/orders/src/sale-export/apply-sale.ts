import { isUUID } from '@gastronom/shared/id';
import { Decimal } from 'decimal.js';
import type { OrdersContext } from '../context.ts';
import { confirmSupplierOrder } from '../supplier-order/confirm.service.ts';
import { cancelSupplierOrder, shipSupplierOrder } from '../supplier-order/end.service.ts';
import { FulfilmentRepository } from '../supplier-order/fulfilment.repository.ts';
import type { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';
import type { SupplierOrderOutcome } from '../supplier-order/supplier-order-command.ts';
import type { SaleDocument } from './sale-document.ts';
import { SaleExportRepository } from './sale-export.repository.ts';

export interface AppliedSale {
  readonly id: string;
  readonly outcome: 'APPLIED' | 'UNCHANGED' | 'REFUSED' | 'UNKNOWN';
  readonly message: string | null;
}

/** What 1C, where the house's orders are handled, says of one: what makes sense now is done, once. */
export async function applySale(context: OrdersContext, document: SaleDocument): Promise<AppliedSale> {
  const { id } = document;
  const part = await findPart(context, document);
  if (!part?.isHouse) return { id, outcome: 'UNKNOWN', message: 'There is no such order.' };
  const command = commandOf(context, document, part);
  if (!command) return { id, outcome: 'UNCHANGED', message: null };
  const { supplierOrder, userErrors } = await command();
  const message = userErrors.map((error) => error.message).join(' ');
  if (!supplierOrder) return { id, outcome: 'REFUSED', message };
  // What was confirmed may have left already.
  const rest = supplierOrder.version > part.version ? await applySale(context, document) : null;
  if (rest?.outcome === 'REFUSED') return rest;
  return { id, outcome: supplierOrder.version > part.version ? 'APPLIED' : 'UNCHANGED', message: null };
}

async function findPart({ manager }: OrdersContext, { id, number }: SaleDocument): Promise<SupplierOrderEntity | null> {
  const known = isUUID(id) ? await new FulfilmentRepository(manager).find(id) : null;
  if (known) return known.part;
  return number ? new SaleExportRepository(manager).findByNumber(number) : null;
}

type Run = () => Promise<SupplierOrderOutcome>;

/** The next step towards what 1C says; none where that is reached, or out of reach. */
function commandOf(context: OrdersContext, document: SaleDocument, { id, status }: SupplierOrderEntity): Run | null {
  const target = { supplierOrderId: id };
  const isOpen = status === 'PLACED' || status === 'CONFIRMED' || status === 'PARTLY_CONFIRMED';
  if (!isOpen) return null;
  if (document.cancelled) return () => cancelSupplierOrder(context, { ...target, reason: 'Cancelled in 1C.' });
  if (document.posted && status === 'PLACED') return () => confirmAsTold(context, id, document);
  if (document.shipped) return () => shipSupplierOrder(context, target);
  return null;
}

/** As much of each good as the document still has; a document without goods says nothing of them. */
async function confirmAsTold(
  context: OrdersContext,
  supplierOrderId: string,
  { lines: told }: SaleDocument,
): Promise<SupplierOrderOutcome> {
  if (told.length === 0) return confirmSupplierOrder(context, { supplierOrderId });
  const left = new Map<string, Decimal>();
  for (const { sku, quantity } of told) left.set(sku, (left.get(sku) ?? new Decimal(0)).plus(quantity));
  const ordered = await new FulfilmentRepository(context.manager).listLines(supplierOrderId);
  const lines = ordered.map(({ id, productSku, offerId, quantity }) => {
    const sku = productSku ?? offerId;
    const promised = Decimal.min(quantity, left.get(sku) ?? 0);
    left.set(sku, (left.get(sku) ?? new Decimal(0)).minus(promised));
    return { lineId: id, quantity: promised.toString() };
  });
  return confirmSupplierOrder(context, { supplierOrderId, lines });
}

import { randomUUID } from 'node:crypto';

export interface Party {
  readonly kind: 'USER' | 'ORGANIZATION';
  readonly id: string;
}

const house = { id: '00000000-0000-7000-8000-000000000001', organizationId: null, isHouse: true };

export const supplierOf = (organizationId: string | null) =>
  organizationId ? { id: randomUUID(), organizationId, isHouse: false } : house;

const line = {
  lineId: randomUUID(),
  offerId: 'house:TEA',
  productSku: 'TEA',
  name: 'Чай',
  quantity: '2',
  unit: 'box',
  packSize: '1',
};

/** An order with suppliers by their organisations; null is the house. */
export const orderPlaced = (buyer: Party, placedBy: string | null, suppliers: readonly (string | null)[]) => ({
  orderId: randomUUID(),
  number: 'G-1042',
  placedAt: '2026-11-21T10:00:00.000Z',
  placedBy,
  buyer,
  currency: 'RUB',
  total: '1500.50',
  supplierOrders: suppliers.map((organizationId, i) => ({
    id: randomUUID(),
    number: `G-1042-${i + 1}`,
    supplier: supplierOf(organizationId),
    total: '750.25',
    deliverOn: '2026-11-24',
    lines: [line, line],
  })),
});

export const supplierOrderChanged = (buyer: Party, organizationId: string | null, more: object) => ({
  supplierOrderId: randomUUID(),
  number: 'G-1042-1',
  orderId: randomUUID(),
  buyer,
  supplier: supplierOf(organizationId),
  from: 'PLACED',
  to: 'CONFIRMED',
  at: '2026-11-21T11:00:00.000Z',
  actor: 'internal:test',
  reason: null,
  ...more,
});

export const deliveryMarked = (buyer: Party, organizationId: string | null, lines: readonly object[]) => ({
  deliveryId: randomUUID(),
  revision: 1,
  supplierOrderId: randomUUID(),
  number: 'G-1042-1',
  orderId: randomUUID(),
  buyer,
  supplier: supplierOf(organizationId),
  lines: lines.map((one) => ({ ...line, short: '0', damaged: '0', ...one })),
});

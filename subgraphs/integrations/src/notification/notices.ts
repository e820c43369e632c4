import type { z } from 'zod';
import type {
  approvalRequested,
  Buyer,
  deliveryMarked,
  invoiceMatched,
  orderPlaced,
  paymentChanged,
  Supplier,
  standingOrderFailed,
  supplierOrderChanged,
  webhookEndpointDisabled,
} from './event-data.ts';
import { type Audience, type NameOf, type Notice, type Notices, nobody, notices } from './notice.ts';

const buyers = ({ kind, id }: Buyer): Audience =>
  kind === 'USER' ? { ...nobody, userIds: [id] } : { ...nobody, organizationIds: [id] };

/** Staff act for the house; it may have an organisation of its own beside. */
const sellers = ({ organizationId, isHouse }: Supplier): Audience => ({
  ...nobody,
  organizationIds: organizationId ? [organizationId] : [],
  staff: isHouse,
});

const buyerName = ({ kind, id }: Buyer, nameOf: NameOf): string | null => (kind === 'ORGANIZATION' ? nameOf(id) : null);

/** The supplier hears of an order, and who placed it that it stands; of a standing order, the buyer's people do. */
export function ofOrderPlaced(event: z.infer<typeof orderPlaced>): Notices {
  const { orderId, number, placedBy, buyer, currency, total, supplierOrders } = event;
  const placers = placedBy ? { ...nobody, userIds: [placedBy] } : buyers(buyer);
  const lines = supplierOrders.reduce((sum, order) => sum + order.lines.length, 0);
  const everybody = [buyers(buyer), placers, ...supplierOrders.map(({ supplier }) => sellers(supplier))];
  return notices(everybody, (nameOf) => [
    {
      kind: 'ORDER_PLACED',
      subjectId: orderId,
      urgent: false,
      audience: placers,
      params: { orderId, number, lines, suppliers: supplierOrders.length, total: { amount: total, currency } },
    },
    ...supplierOrders.map(
      (order): Notice => ({
        kind: 'ORDER_RECEIVED',
        subjectId: order.id,
        urgent: false,
        audience: sellers(order.supplier),
        params: {
          orderId,
          number: order.number,
          buyer: buyerName(buyer, nameOf),
          lines: order.lines.length,
          total: { amount: order.total, currency },
          deliverOn: order.deliverOn ? { day: order.deliverOn } : null,
        },
      }),
    ),
  ]);
}

/** Steps of which nobody is told here: `DeliveryMarked` and `OrderPlaced` tell of those. */
const toldToBuyers = new Set(['CONFIRMED', 'PARTLY_CONFIRMED', 'REJECTED', 'SHIPPED', 'CANCELLED']);

export function ofSupplierOrderChanged(event: z.infer<typeof supplierOrderChanged>): Notices {
  const { supplierOrderId, orderId, number, buyer, supplier, to, actor, reason } = event;
  const except = /^user:(.+)$/.exec(actor ?? '')?.[1] ?? null;
  const isOver = to === 'CANCELLED' || to === 'REJECTED';
  const common = { subjectId: supplierOrderId, urgent: isOver };
  return notices([buyers(buyer), sellers(supplier)], (nameOf) => {
    const said = { orderId, number, reason };
    const toBuyers: Notice = {
      ...common,
      kind: 'ORDER_CHANGED',
      audience: { ...buyers(buyer), except },
      params: { ...said, to, supplier: nameOf(supplier.organizationId) },
    };
    const toSellers: Notice = {
      ...common,
      kind: 'ORDER_CANCELLED',
      audience: { ...sellers(supplier), except },
      params: { ...said, buyer: buyerName(buyer, nameOf) },
    };
    return [...(toldToBuyers.has(to) ? [toBuyers] : []), ...(to === 'CANCELLED' ? [toSellers] : [])];
  });
}

const isSome = (decimal: string): boolean => /[1-9]/.test(decimal) && !decimal.startsWith('-');

export function ofDeliveryMarked(event: z.infer<typeof deliveryMarked>): Notices {
  const { deliveryId, revision, orderId, number, buyer, supplier, lines } = event;
  const [short, damaged] = [
    lines.filter((line) => isSome(line.short)).length,
    lines.filter((line) => isSome(line.damaged)).length,
  ];
  const audience = {
    ...sellers(supplier),
    organizationIds: [...sellers(supplier).organizationIds, ...buyers(buyer).organizationIds],
    userIds: buyers(buyer).userIds,
  };
  const params = { orderId, number, short, damaged, differences: short + damaged, corrected: revision > 1 };
  return notices([audience], () => [
    { kind: 'DELIVERY_MARKED', subjectId: deliveryId, urgent: false, audience, params },
  ]);
}

export function ofApprovalRequested(event: z.infer<typeof approvalRequested>): Notices {
  const { orderId, number, buyer, requestedBy, total, currency } = event;
  const audience = { ...buyers(buyer), adminsOnly: true, except: requestedBy ?? null };
  const params = { orderId, number, total: { amount: total, currency } };
  return notices([audience], () => [
    { kind: 'APPROVAL_REQUESTED', subjectId: orderId, urgent: true, audience, params },
  ]);
}

const mostNames = 5;

/** At once: what a kitchen counts on does not come. */
export function ofStandingOrderFailed(event: z.infer<typeof standingOrderFailed>): Notices {
  const { standingOrderId, name, buyer, number, reason, missing } = event;
  const names = missing.slice(0, mostNames).map((line) => line.name);
  const goods = [...names, ...(missing.length > mostNames ? ['…'] : [])].join(', ');
  const params = { standingOrderId, name, number, reason, goods, count: missing.length };
  return notices([buyers(buyer)], () => [
    { kind: 'STANDING_ORDER_FAILED', subjectId: standingOrderId, urgent: true, audience: buyers(buyer), params },
  ]);
}

/** Steps of a payment that people are told of, by what they mean to them. */
const outcomes: Readonly<Record<string, 'PAID' | 'FAILED' | 'REFUNDED' | 'DISPUTED' | 'CHARGED_BACK'>> = {
  SUCCEEDED: 'PAID',
  FAILED: 'FAILED',
  REFUNDED: 'REFUNDED',
  PARTLY_REFUNDED: 'REFUNDED',
  DISPUTED: 'DISPUTED',
  CHARGED_BACK: 'CHARGED_BACK',
};

/** A dispute that was won, or a refund that failed, leads back to what was told already. */
function isBack(from: string | null | undefined, to: string): boolean {
  if (to === 'SUCCEEDED') return from != null && from !== 'PENDING' && from !== 'FAILED';
  return to !== 'CHARGED_BACK' && (from === 'DISPUTED' || from === 'CHARGED_BACK');
}

export function ofPaymentChanged(event: z.infer<typeof paymentChanged>): Notices {
  const { orderId, number, buyer, paymentId, from, to, amount, currency } = event;
  const outcome = isBack(from, to) ? undefined : outcomes[to];
  if (!outcome) return notices([], () => []);
  const kind = 'PAYMENT_CHANGED' as const;
  const params = { orderId, number, outcome, amount: { amount, currency } };
  const toBuyer: Notice = {
    kind,
    subjectId: paymentId,
    urgent: outcome === 'FAILED',
    audience: { ...buyers(buyer), adminsOnly: true },
    params: { ...params, shop: false },
  };
  const isOfBank = outcome === 'DISPUTED' || outcome === 'CHARGED_BACK';
  // Who runs the shop has to give evidence, by a day that the bank sets.
  const toShop: Notice = {
    kind,
    subjectId: `${paymentId}:shop`,
    urgent: outcome === 'DISPUTED',
    audience: { ...nobody, staff: true },
    params: { ...params, shop: true },
  };
  const all = isOfBank ? [toBuyer, toShop] : [toBuyer];
  return notices(
    all.map(({ audience }) => audience),
    () => all,
  );
}

export function ofInvoiceMatched(event: z.infer<typeof invoiceMatched>): Notices {
  const { invoiceId, number, buyer, supplier, currency, total, status, priceVariance } = event;
  const audience = {
    ...sellers(supplier),
    organizationIds: [...sellers(supplier).organizationIds, ...buyers(buyer).organizationIds],
    userIds: buyers(buyer).userIds,
  };
  const params = {
    number,
    total: { amount: total, currency },
    differs: status !== 'MATCHED',
    variance: { amount: priceVariance, currency },
  };
  return notices([audience], () => [
    { kind: 'INVOICE_MATCHED', subjectId: invoiceId, urgent: false, audience, params },
  ]);
}

/** The address may hold a secret: its host is enough to know it again. */
export function ofWebhookEndpointDisabled(event: z.infer<typeof webhookEndpointDisabled>): Notices {
  const { endpointId, organizationId, url, reason } = event;
  const owners = { ...nobody, organizationIds: organizationId ? [organizationId] : [], staff: !organizationId };
  const audience = { ...owners, adminsOnly: true };
  const host = URL.canParse(url) ? new URL(url).host : url;
  return notices([audience], () => [
    { kind: 'WEBHOOK_DISABLED', subjectId: endpointId, urgent: true, audience, params: { host, reason } },
  ]);
}

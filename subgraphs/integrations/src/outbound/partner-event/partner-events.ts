import { availabilityChanged } from './availability-changed.ts';
import { deliveryMarked } from './delivery-marked.ts';
import { invoiceMatched } from './invoice-matched.ts';
import { orderChanged } from './order-changed.ts';
import { orderPlaced } from './order-placed.ts';
import type { PartnerEvent } from './partner-event.ts';
import { paymentChanged } from './payment-changed.ts';

/** All that partners can be told of. */
export const partnerEvents: readonly PartnerEvent[] = [
  orderPlaced,
  orderChanged,
  deliveryMarked,
  invoiceMatched,
  paymentChanged,
  availabilityChanged,
];

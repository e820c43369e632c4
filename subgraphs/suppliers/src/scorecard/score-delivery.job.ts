import { deliveryMarkedFact } from './facts.ts';
import { keepFacts } from './keep-facts.ts';

export const scoreDelivery = keepFacts('score-delivery', 'DeliveryMarked', deliveryMarkedFact);

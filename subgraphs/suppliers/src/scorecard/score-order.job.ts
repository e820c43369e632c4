import { orderPlacedFact } from './facts.ts';
import { keepFacts } from './keep-facts.ts';

export const scoreOrder = keepFacts('score-order', 'OrderPlaced', orderPlacedFact);

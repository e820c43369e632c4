import { supplierOrderChangedFact } from './facts.ts';
import { keepFacts } from './keep-facts.ts';

export const scoreAnswer = keepFacts('score-answer', 'SupplierOrderChanged', supplierOrderChangedFact);

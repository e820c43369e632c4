import { invoiceMatchedFact } from './facts.ts';
import { keepFacts } from './keep-facts.ts';

export const scoreInvoice = keepFacts('score-invoice', 'InvoiceMatched', invoiceMatchedFact);

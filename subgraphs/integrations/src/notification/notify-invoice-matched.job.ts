import { invoiceMatched } from './event-data.ts';
import { ofInvoiceMatched } from './notices.ts';
import { createNotifyJob } from './notify-job.ts';

export const notifyInvoiceMatched = createNotifyJob({
  name: 'notify-invoice-matched',
  on: 'InvoiceMatched',
  data: invoiceMatched,
  noticesOf: ofInvoiceMatched,
});

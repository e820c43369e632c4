import { supplierOrderChanged } from './event-data.ts';
import { ofSupplierOrderChanged } from './notices.ts';
import { createNotifyJob } from './notify-job.ts';

export const notifyOrderChanged = createNotifyJob({
  name: 'notify-order-changed',
  on: 'SupplierOrderChanged',
  data: supplierOrderChanged,
  noticesOf: ofSupplierOrderChanged,
});

import { paymentChanged } from './event-data.ts';
import { ofPaymentChanged } from './notices.ts';
import { createNotifyJob } from './notify-job.ts';

export const notifyPaymentChanged = createNotifyJob({
  name: 'notify-payment-changed',
  on: 'PaymentChanged',
  data: paymentChanged,
  noticesOf: ofPaymentChanged,
});

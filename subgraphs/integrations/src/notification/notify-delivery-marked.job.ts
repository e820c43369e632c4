import { deliveryMarked } from './event-data.ts';
import { ofDeliveryMarked } from './notices.ts';
import { createNotifyJob } from './notify-job.ts';

export const notifyDeliveryMarked = createNotifyJob({
  name: 'notify-delivery-marked',
  on: 'DeliveryMarked',
  data: deliveryMarked,
  noticesOf: ofDeliveryMarked,
});

import { orderPlaced } from './event-data.ts';
import { ofOrderPlaced } from './notices.ts';
import { createNotifyJob } from './notify-job.ts';

export const notifyOrderPlaced = createNotifyJob({
  name: 'notify-order-placed',
  on: 'OrderPlaced',
  data: orderPlaced,
  noticesOf: ofOrderPlaced,
});

import { approvalRequested } from './event-data.ts';
import { ofApprovalRequested } from './notices.ts';
import { createNotifyJob } from './notify-job.ts';

export const notifyApprovalRequested = createNotifyJob({
  name: 'notify-approval-requested',
  on: 'ApprovalRequested',
  data: approvalRequested,
  noticesOf: ofApprovalRequested,
});

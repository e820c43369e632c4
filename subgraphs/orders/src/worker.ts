import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { expireApprovalInTime } from './buying/expire-approval.job.ts';
import { settleReservation } from './delivery/settle-reservation.job.ts';
import { tellLiveOrders } from './live/tell-live-orders.job.ts';
import { createPaymentJobs } from './payment/payment-worker.ts';
import { finishPlacementLater } from './placement/finish-placement.job.ts';
import { undoReservation } from './placement/undo-reservation.job.ts';
import { followBuyer } from './standing-order/follow-buyer.job.ts';
import { placeOneStandingOrder } from './standing-order/place-standing-order.job.ts';
import { placeStandingOrders } from './standing-order/place-standing-orders.job.ts';
import { releaseReservation } from './supplier-order/release-reservation.job.ts';

type MakeJob = (environment: SubgraphEnvironment) => JobImplementation;

/** The jobs of this subgraph. */
const jobs: readonly MakeJob[] = [
  expireApprovalInTime,
  finishPlacementLater,
  undoReservation,
  followBuyer,
  placeStandingOrders,
  placeOneStandingOrder,
  releaseReservation,
  settleReservation,
];

export const createOrdersWorker = (environment: SubgraphEnvironment): readonly JobImplementation[] => [
  ...jobs.map((make) => make(environment)),
  ...tellLiveOrders(environment),
  ...createPaymentJobs(environment),
];

import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { forgetOfferBatches } from './offer-upsert/forget-offer-batches.job.ts';
import { scoreAnswer } from './scorecard/score-answer.job.ts';
import { scoreDelivery } from './scorecard/score-delivery.job.ts';
import { scoreInvoice } from './scorecard/score-invoice.job.ts';
import { scoreOrder } from './scorecard/score-order.job.ts';

type MakeJob = (environment: SubgraphEnvironment) => JobImplementation;

/** The jobs of this subgraph. */
const jobs: readonly MakeJob[] = [forgetOfferBatches, scoreOrder, scoreAnswer, scoreDelivery, scoreInvoice];

export const createSuppliersWorker = (environment: SubgraphEnvironment): readonly JobImplementation[] =>
  jobs.map((make) => make(environment));

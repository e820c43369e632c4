import type { HealthChecks, SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { checkPaymentBooks } from './payment/payment.check.ts';

/** What this subgraph says of its own health. */
export const createOrdersChecks = (environment: SubgraphEnvironment) => (): Promise<HealthChecks> =>
  checkPaymentBooks(environment);

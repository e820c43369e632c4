import type { HealthChecks, SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { ReconciliationRepository } from './reconciliation/reconciliation.repository.ts';

/** Whether cards are charged here, and whether our books agreed with Stripe's when they were compared last. */
export async function checkPaymentBooks(environment: SubgraphEnvironment): Promise<HealthChecks> {
  const { stripe, manager } = internalContext(environment, 'health');
  if (!stripe) return { payments: { status: 'pass', output: 'Off: STRIPE_SECRET_KEY is not set.' } };
  const findings = await new ReconciliationRepository(manager).countLastFindings();
  if (findings === 0) return { payments: { status: 'pass' } };
  const output = `Our ledger and Stripe’s balance differ in ${findings} movements: see paymentReconciliations.`;
  return { payments: { status: 'warn', output } };
}

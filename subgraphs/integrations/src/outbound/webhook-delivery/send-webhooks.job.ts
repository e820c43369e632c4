import { createGuardedAgent } from '@gastronom/shared/http/address-guard';
import { implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { integrationsContext } from '../../context.ts';
import { endpointConnections } from './delivery-limits.ts';
import { DeliveryRound } from './delivery-round.ts';
import { sendWebhooksJob } from './send-webhooks.ts';

/** However many ask for it, one round in a process sends what is due. */
export function createSendWebhooks(environment: SubgraphEnvironment): JobImplementation {
  const { logger } = environment;
  const contextOf = integrationsContext(environment);
  const { addresses } = contextOf({ viewer: { kind: 'internal', name: 'integrations' }, requestId: '', logger });
  const dispatcher = createGuardedAgent({ allowed: addresses, connections: endpointConnections });
  return implementBatchJob(sendWebhooksJob, async ([first]) => {
    if (!first) return;
    const { id, signal } = first;
    const context = contextOf({ viewer: { kind: 'internal', name: 'integrations' }, requestId: id, logger });
    await new DeliveryRound(context, dispatcher).run(signal);
  });
}

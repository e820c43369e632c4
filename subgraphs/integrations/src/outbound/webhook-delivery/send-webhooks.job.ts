import { createGuardedAgent } from '@gastronom/shared/http/address-guard';
import { implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../../context.ts';
import { endpointConnections } from './delivery-limits.ts';
import { DeliveryRound } from './delivery-round.ts';
import { sendWebhooksJob } from './send-webhooks.ts';

/** However many ask for it, one round in a process sends what is due. */
export function createSendWebhooks(environment: SubgraphEnvironment): JobImplementation {
  const { addresses } = internalContext(environment, 'start');
  const dispatcher = createGuardedAgent({ allowed: addresses, connections: endpointConnections });
  return implementBatchJob(sendWebhooksJob, async ([first]) => {
    if (!first) return;
    const { id, signal } = first;
    const context = internalContext(environment, id);
    await new DeliveryRound(context, dispatcher).run(signal);
  });
}

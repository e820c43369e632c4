import { inTransaction } from '@gastronom/shared/database/transaction';
import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { organizationTypes } from '@gastronom/shared/viewer';
import { z } from 'zod';
import { internalContext } from '../../context.ts';
import { disableEndpoint } from './disable-endpoint.ts';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.ts';

const followOrganizationJob = defineJob({
  name: 'follow-organization',
  on: 'OrganizationChanged',
  payload: eventPayload(
    z.object({ organizationId: z.uuid(), type: z.enum(organizationTypes).nullable(), deleted: z.boolean() }),
  ),
  retries: 20,
  retryMaxSeconds: 300,
});

/** Endpoints of an organization that is no more, or is something else now, are told nothing until somebody looks. */
export function createFollowOrganization(environment: SubgraphEnvironment): JobImplementation {
  return implementJob(followOrganizationJob, async ({ id, payload }) => {
    const context = internalContext(environment, id);
    const { organizationId, type } = payload.data;
    await inTransaction(context.manager, async (manager) => {
      const endpoints = new WebhookEndpointRepository(manager);
      if (type) await endpoints.updateOrganizationType(organizationId, type);
      for (const endpoint of await endpoints.lockEnabledOf(organizationId))
        await disableEndpoint(context, manager, endpoint, 'ORGANIZATION');
    });
  });
}

import { inTransaction } from '@gastronom/shared/database/transaction';
import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { type ChannelOwner, NotificationChannelRepository } from '../channel/notification-channel.repository.ts';
import { NotificationRepository } from './notification.repository.ts';

const person = z.object({ userId: z.guid() }).transform(({ userId }): ChannelOwner => ({ kind: 'USER', id: userId }));

const organization = z
  .object({ organizationId: z.guid(), deleted: z.boolean() })
  .transform(({ organizationId: id, deleted }): ChannelOwner | null => (deleted ? { kind: 'ORGANIZATION', id } : null));

const forgetOwnerJob = defineJob({
  name: 'forget-owner',
  on: ['UserDeleted', 'OrganizationChanged'],
  payload: eventPayload(z.union([person, organization])),
  retries: 300,
  retryMaxSeconds: 300,
});

/** Forgets where a person or an organization that is gone was told, and what. */
export const createForgetOwner = ({ dataSource }: SubgraphEnvironment): JobImplementation =>
  implementJob(forgetOwnerJob, async ({ payload: { data: owner } }) => {
    if (!owner) return;
    await inTransaction(dataSource.manager, async (manager) => {
      await new NotificationChannelRepository(manager).deleteOfOwner(owner);
      await new NotificationRepository(manager).deleteOfRecipient(owner.kind, owner.id);
    });
  });

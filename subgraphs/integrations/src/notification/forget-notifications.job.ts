import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { NotificationAttemptRepository } from '../channel/notification-attempt.repository.ts';
import { NotificationChannelRepository } from '../channel/notification-channel.repository.ts';
import { resealChannels } from '../channel/reseal-channels.ts';
import { internalContext } from '../context.ts';
import { LaneRepository } from './lane.repository.ts';
import { NotificationRepository } from './notification.repository.ts';

const dayMs = 24 * 60 * 60_000;

const forgetNotificationsJob = defineJob({
  name: 'forget-notifications',
  payload: z.object({}),
  cron: '37 3 * * *',
});

/** Forgets what people were told long ago, and the log of it, and seals targets with the key that seals now. */
export const createForgetNotifications = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(forgetNotificationsJob, async ({ id }) => {
    const { logger } = environment;
    const { manager, channels } = internalContext(environment, id);
    const before = new Date(Date.now() - channels.settings.keepDays * dayMs);
    await new NotificationRepository(manager).deleteBefore(before);
    await new NotificationAttemptRepository(manager).deleteBefore(before);
    await new LaneRepository(manager).deleteIdle();
    await resealChannels(new NotificationChannelRepository(manager), channels.box, (channelId, error) =>
      logger.error({ err: error, channelId }, 'where a notification channel leads cannot be read'),
    );
  });

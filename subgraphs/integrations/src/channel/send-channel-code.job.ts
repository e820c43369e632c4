import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import { sendCode } from './channel-test.service.ts';
import { NotificationChannelRepository } from './notification-channel.repository.ts';

/** Sends the code that confirms a new address or chat. */
export const sendChannelCodeJob = defineJob({
  name: 'send-channel-code',
  payload: z.object({ channelId: z.uuid() }),
});

export function createSendChannelCode(environment: SubgraphEnvironment): JobImplementation {
  return implementJob(sendChannelCodeJob, async ({ id, payload }) => {
    const context = internalContext(environment, id);
    const channel = await new NotificationChannelRepository(context.manager).findById(payload.channelId);
    if (channel?.status === 'UNCONFIRMED') await sendCode(context, channel);
  });
}

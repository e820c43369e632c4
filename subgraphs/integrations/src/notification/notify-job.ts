import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { z } from 'zod';
import { integrationsContext } from '../context.ts';
import type { Notices } from './notice.ts';
import { tell } from './notification.service.ts';

export interface NotifyJob<Data> {
  readonly name: string;
  readonly on: string;
  readonly data: z.ZodType<Data>;
  noticesOf(data: Data): Notices;
}

/** Makes the job that tells people of one type of event. While accounts is down it is tried for a day. */
export const createNotifyJob =
  <Data>({ name, on, data, noticesOf }: NotifyJob<Data>) =>
  (environment: SubgraphEnvironment): JobImplementation => {
    const { logger } = environment;
    const contextOf = integrationsContext(environment);
    const payload = eventPayload(data);
    const definition = defineJob({ name, on, payload, retries: 300, retrySeconds: 2, retryMaxSeconds: 300 });
    return implementJob(definition, ({ id, payload: event }) => {
      const context = contextOf({ viewer: { kind: 'internal', name: 'integrations' }, requestId: id, logger });
      return tell(context, event, noticesOf(event.data));
    });
  };

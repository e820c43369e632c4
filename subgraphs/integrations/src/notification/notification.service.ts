import { inTransaction } from '@gastronom/shared/database/transaction';
import type { Event } from '@gastronom/shared/jobs/event';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import { channelKinds, type Recipients, type RecipientUser } from '@gastronom/shared/notification';
import type { EntityManager } from 'typeorm';
import type { AccountsClient } from '../accounts/accounts-client.ts';
import type { ChannelTools } from '../channel/channel-tools.ts';
import { type NameOf, type Notice, type Notices, peopleOf } from './notice.ts';
import { type NewNotification, NotificationRepository } from './notification.repository.ts';
import { sendNotificationsJob } from './send-notifications.ts';

export interface TellingContext {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  readonly channels: ChannelTools;
  readonly accounts: AccountsClient;
}

function forPerson(notice: Notice, user: RecipientUser, canWrite: boolean): NewNotification {
  const { kind, subjectId, urgent, params } = notice;
  const { language, timeZone, quietFrom, quietTo, digest, digestAt } = user;
  return {
    ...{ kind, subjectId, urgent, params },
    ...{ language, timeZone, quietFrom, quietTo, digest, digestAt },
    recipientKind: 'USER',
    recipientId: user.id,
    channels: user.kinds[kind] ?? channelKinds,
    hasAccountEmail: canWrite && user.email !== null,
  };
}

/** An organisation's channels say themselves what goes there, and in which language; they sleep at no time. */
function forOrganization(
  { kind, subjectId, urgent, params }: Notice,
  id: string,
  { settings: { language } }: ChannelTools,
): NewNotification {
  return {
    ...{ kind, subjectId, urgent, params, language },
    recipientKind: 'ORGANIZATION',
    recipientId: id,
    channels: channelKinds,
    hasAccountEmail: false,
    timeZone: 'UTC',
    quietFrom: null,
    quietTo: null,
    digest: 'NONE',
    digestAt: '09:00',
  };
}

function notificationsOf(notice: Notice, recipients: Recipients, channels: ChannelTools): NewNotification[] {
  const canWrite = channels.senders.missing('EMAIL') === undefined;
  const known = recipients.organizations.filter(({ id }) => notice.audience.organizationIds.includes(id));
  return [
    ...peopleOf(notice.audience, recipients).map((user) => forPerson(notice, user, canWrite)),
    ...known.map(({ id }) => forOrganization(notice, id, channels)),
  ];
}

/** Tells all who are concerned of an event: their inboxes at once, and the rest by jobs that go with the same commit. */
export async function tell(context: TellingContext, event: Event<unknown>, notices: Notices): Promise<void> {
  const { organizationIds, userIds, staff } = notices;
  if (organizationIds.length + userIds.length === 0 && !staff) return;
  const recipients = await context.accounts.recipients({ organizationIds, userIds, staff });
  const names = new Map(recipients.organizations.map(({ id, name }) => [id, name]));
  const nameOf: NameOf = (id) => (id ? (names.get(id) ?? null) : null);
  const made = notices.write(nameOf).flatMap((notice) => notificationsOf(notice, recipients, context.channels));
  if (made.length === 0) return;
  await inTransaction(context.manager, async (manager) => {
    const departures = await new NotificationRepository(manager).insert(event.id, event.occurredAt, made);
    for (const { lane, dueAt } of departures) {
      const later = dueAt.getTime() > Date.now() ? { startAfter: dueAt } : {};
      await context.jobs.send(manager, sendNotificationsJob, { lane }, later);
    }
  });
}

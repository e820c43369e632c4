import { inTransaction } from '@gastronom/shared/database/transaction';
import { openTarget } from '../channel/channel-tools.ts';
import type { NotificationAttemptEntity } from '../channel/notification-attempt.entity.ts';
import { NotificationAttemptRepository } from '../channel/notification-attempt.repository.ts';
import { NotificationChannelRepository } from '../channel/notification-channel.repository.ts';
import type { SendTrouble } from '../channel/sender/send-trouble.ts';
import type { Target } from '../channel/target.ts';
import { type Sending, trySend } from '../channel/try-send.ts';
import { LaneRepository, type WaitingDelivery } from './lane.repository.ts';
import { messageOf } from './message-of.ts';
import type { TellingContext } from './notification.service.ts';
import { sendNotificationsJob } from './send-notifications.ts';

export type LaneContext = TellingContext & Sending;

/** As many notifications at most are told together, and as many messages sent before others have their turn. */
const mostTogether = 30;
const mostInTurn = 100;

const mostAttempts = 10;
const longestMs = 24 * 60 * 60_000;
const firstPauseMs = 15_000;
const longestPauseMs = 60 * 60_000;
/** So many messages in a row given up, and nobody can be there any more. */
const mostFailures = 10;

/** Doubles from a quarter of a minute up to an hour, a little different each time, so that lanes do not march in step. */
const pauseAfter = (failures: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 12)) * (0.8 + Math.random() * 0.4);

/** When a message is tried again; null when it was tried often or long enough. */
const nextTry =
  (waiting: readonly WaitingDelivery[], failures: number) =>
  (trouble: SendTrouble): Date | null => {
    const at = new Date(Date.now() + (trouble.retryAfterMs ?? pauseAfter(failures)));
    const isWorthwhile = ({ attempts, createdAt }: WaitingDelivery) =>
      attempts + 1 < mostAttempts && at.getTime() - createdAt.getTime() < longestMs;
    return waiting.some(isWorthwhile) ? at : null;
  };

/** How to read where it goes; null where that is gone, off, or was never known. */
async function targetOf(context: LaneContext, first: WaitingDelivery): Promise<(() => Target) | null> {
  const { channelId, channelStatus, target, recipientId } = first;
  if (channelId)
    return channelStatus === 'ACTIVE' && target ? () => openTarget(context.channels.box, channelId, target) : null;
  // The address is not kept here: who is gone since is not written to.
  const address = await context.accounts.emailOf(recipientId);
  return address ? () => ({ kind: 'EMAIL', address }) : null;
}

/** A channel on which everything fails is as dead as one that says so. */
async function countFailure(
  channels: NotificationChannelRepository,
  attempts: NotificationAttemptRepository,
  attempt: NotificationAttemptEntity,
) {
  const { channelId, lane, purpose, error } = attempt;
  if (!channelId || (await channels.updateFailing(channelId)) < mostFailures) return;
  const reason = `${mostFailures} messages in a row could not be sent. The last: ${error}`;
  await channels.switchOff(channelId, reason);
  const said = { channelId, lane, purpose, notificationId: null, messages: 0, retryAt: null, tookMs: 0 };
  await attempts.insert({ ...said, outcome: 'SWITCHED_OFF', error: reason });
}

async function settle(context: LaneContext, lane: string, ids: readonly string[], attempt: NotificationAttemptEntity) {
  const { outcome, retryAt, channelId } = attempt;
  await inTransaction(context.manager, async (manager) => {
    const lanes = new LaneRepository(manager);
    const channels = new NotificationChannelRepository(manager);
    if (outcome === 'RETRY' && retryAt) {
      await lanes.pause(lane, ids, retryAt);
      await context.jobs.send(manager, sendNotificationsJob, { lane }, { startAfter: retryAt });
      return;
    }
    await lanes.updateDeliveries(ids, outcome === 'SENT' ? 'SENT' : 'FAILED');
    if (outcome === 'SENT') await lanes.resume(lane);
    if (outcome === 'SENT' && channelId) await channels.updateWorking(channelId);
    if (outcome === 'FAILED') await countFailure(channels, new NotificationAttemptRepository(manager), attempt);
  });
}

async function sendNext(context: LaneContext, lane: string, waiting: readonly WaitingDelivery[]): Promise<void> {
  const [first] = waiting;
  if (!first) return;
  const lanes = new LaneRepository(context.manager);
  const ids = waiting.map(({ id }) => id);
  const target = await targetOf(context, first);
  if (!target) return lanes.updateDeliveries(ids, 'SKIPPED');
  await lanes.keep(lane);
  const attempt = await trySend(
    context,
    {
      channelId: first.channelId,
      lane,
      purpose: waiting.length > 1 ? 'DIGEST' : 'NOTIFICATION',
      notificationId: first.notificationId,
      messages: waiting.length,
      retryAt: nextTry(waiting, await lanes.failures(lane)),
    },
    target,
    messageOf(waiting, context.channels.settings),
  );
  await settle(context, lane, ids, attempt);
}

/** Sends one after another what is due on a lane, unless somebody else does. */
export async function sendLane(context: LaneContext, lane: string, signal: AbortSignal): Promise<void> {
  const lanes = new LaneRepository(context.manager);
  const due = () => lanes.listDue(lane, mostTogether);
  // What comes while it is ours may find it busy and leave: so it is looked at once more after it was given back.
  while (!signal.aborted && (await due()).length > 0 && (await lanes.claim(lane))) {
    try {
      for (let turn = 0; turn < mostInTurn && !signal.aborted; turn += 1) {
        const waiting = await due();
        if (waiting.length === 0) break;
        await sendNext(context, lane, waiting);
      }
    } finally {
      await lanes.release(lane);
    }
  }
}

import { randomInt } from 'node:crypto';
import { isUUID } from '@gastronom/shared/id';
import type { LanguageName } from '@gastronom/shared/notification';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { Viewer } from '@gastronom/shared/viewer';
import { confirmationText, testText } from '../notification/texts/texts.ts';
import { accessOf } from './channel-owner.ts';
import { openTarget, sealCode } from './channel-tools.ts';
import type { NotificationAttemptEntity } from './notification-attempt.entity.ts';
import type { NotificationChannelEntity } from './notification-channel.entity.ts';
import { channelError } from './notification-channel.errors.ts';
import { NotificationChannelRepository } from './notification-channel.repository.ts';
import type { Message } from './sender/message.ts';
import { type Sending, trySend } from './try-send.ts';

interface TestAnswer {
  readonly attempt: NotificationAttemptEntity | null;
  readonly userErrors: UserError[];
}

/** Seconds between two of a kind: tests cost the services something, and codes are guessed at. */
const pauses = { TEST: 10, CONFIRMATION: 60 } as const;

const never = (): null => null;

export const laneOf = (channelId: string): string => `channel:${channelId}`;

type Text = Pick<Message, 'title' | 'body'>;

const messageOf = (id: string, type: string, language: LanguageName, text: Text): Message => ({
  ...text,
  id,
  type,
  language,
  urgent: false,
  at: new Date(),
  data: {},
});

/** Sends a new code to an address or a chat that is to be confirmed; the one before does not count any more. */
export async function sendCode(
  sending: Sending,
  channel: NotificationChannelEntity,
): Promise<NotificationAttemptEntity> {
  const { id, target, language } = channel;
  const { box } = sending.channels;
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await new NotificationChannelRepository(sending.manager).setCode(id, sealCode(box, id, code));
  const message = messageOf(`code-${id}-${Date.now()}`, 'confirmation', language, confirmationText(language, code));
  const one = { channelId: id, lane: laneOf(id), purpose: 'CONFIRMATION', retryAt: never } as const;
  return trySend(sending, one, () => openTarget(box, id, target), message);
}

async function sendTest(sending: Sending, { id, target, language }: NotificationChannelEntity) {
  const message = messageOf(`test-${id}-${Date.now()}`, 'test', language, testText(language));
  const one = { channelId: id, lane: laneOf(id), purpose: 'TEST', retryAt: never } as const;
  return trySend(sending, one, () => openTarget(sending.channels.box, id, target), message);
}

/** Sends a test while its owner waits for it; to what is not confirmed yet, a code. */
export async function testChannel(sending: Sending & { readonly viewer: Viewer }, id: string): Promise<TestAnswer> {
  const refused = (...userErrors: UserError[]): TestAnswer => ({ attempt: null, userErrors });
  const repository = new NotificationChannelRepository(sending.manager);
  const channel = isUUID(id) ? await repository.find(id, accessOf(sending.viewer, 'change')) : null;
  if (!channel) return refused(channelError('NOT_FOUND', ['id'], 'There is no such channel of yours.'));
  const missing = sending.channels.senders.missing(channel.kind);
  if (missing) return refused(channelError('NOT_CONFIGURED', ['id'], `This server has no ${missing}.`));
  const purpose = channel.status === 'UNCONFIRMED' ? 'CONFIRMATION' : 'TEST';
  if (!(await repository.claimTest(id, pauses[purpose])))
    return refused(channelError('TOO_SOON', ['id'], `Wait ${pauses[purpose]} seconds between two tests.`));
  const send = purpose === 'CONFIRMATION' ? sendCode : sendTest;
  return { attempt: await send(sending, channel), userErrors: [] };
}

import { SealedSecretError } from '@gastronom/shared/encrypted-secret';
import type { Logger } from '@gastronom/shared/logger';
import type { EntityManager } from 'typeorm';
import type { ChannelTools } from './channel-tools.ts';
import type { AttemptPurposeName, NotificationAttemptEntity } from './notification-attempt.entity.ts';
import { NotificationAttemptRepository } from './notification-attempt.repository.ts';
import { NotificationChannelRepository } from './notification-channel.repository.ts';
import type { Message } from './sender/message.ts';
import { SendTrouble } from './sender/send-trouble.ts';
import type { Target } from './target.ts';

export interface Sending {
  readonly manager: EntityManager;
  readonly channels: ChannelTools;
  readonly logger: Logger;
}

/** What one try is of. */
export interface Try {
  /** Null: the e-mail address of a person's account. */
  readonly channelId: string | null;
  readonly lane: string;
  readonly purpose: AttemptPurposeName;
  readonly notificationId?: string | null;
  readonly messages?: number;
  /** When it is tried again after a trouble that may pass; null: never. */
  readonly retryAt: (trouble: SendTrouble) => Date | null;
}

/** A fault of ours must not stop what waits behind it: it is logged, and the owner is told as much as is their business. */
function troubleOf(error: unknown, logger: Logger): SendTrouble {
  if (error instanceof SendTrouble) return error;
  logger.error({ err: error }, 'a notification could not be sent through a fault of ours');
  // What a key that is missing sealed can be read again once it is back.
  return new SendTrouble(error instanceof SealedSecretError ? 'RETRY' : 'GIVE_UP', 'A fault on our side.');
}

/**
 * Sends once, and writes into the log what came of it. A channel of which the service says that it is dead is switched off.
 * @param target reads where to.
 */
export async function trySend(
  { manager, channels, logger }: Sending,
  { channelId, lane, purpose, notificationId = null, messages = 1, retryAt }: Try,
  target: () => Target,
  message: Message,
): Promise<NotificationAttemptEntity> {
  const begun = performance.now();
  let trouble: SendTrouble | null = null;
  try {
    await channels.senders.send(target(), message);
  } catch (error) {
    trouble = troubleOf(error, logger);
  }
  const tookMs = Math.round(performance.now() - begun);
  const again = trouble?.fate === 'RETRY' ? retryAt(trouble) : null;
  // What was never confirmed is not on: it has nothing to be switched off, and must not be switched on past its code.
  const isDead = trouble?.fate === 'SWITCH_OFF' && purpose !== 'CONFIRMATION';
  const outcome = !trouble ? 'SENT' : isDead ? 'SWITCHED_OFF' : again ? 'RETRY' : 'FAILED';
  if (outcome === 'SWITCHED_OFF' && channelId)
    await new NotificationChannelRepository(manager).switchOff(channelId, trouble?.message ?? '');
  const error = trouble?.message ?? null;
  const said = { channelId, lane, purpose, notificationId, messages, outcome, error, retryAt: again, tookMs } as const;
  return new NotificationAttemptRepository(manager).insert(said);
}

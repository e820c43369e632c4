import { type AddressRule, createGuardedAgent } from '@gastronom/shared/http/address-guard';
import type { ChannelKindName } from '@gastronom/shared/notification';
import { redact } from '@gastronom/shared/redaction';
import type { ChannelSettings } from '../channel-settings.ts';
import { secretsOf, type Target, type TargetOf } from '../target.ts';
import type { Message } from './message.ts';
import { createPost } from './post.ts';
import { createAppriseSender } from './send-apprise.ts';
import { createDiscordSender } from './send-discord.ts';
import { EmailSender } from './send-email.ts';
import { createGotifySender } from './send-gotify.ts';
import { createNtfySender } from './send-ntfy.ts';
import { PushSender } from './send-push.ts';
import { createPushoverSender } from './send-pushover.ts';
import { createTelegramSender } from './send-telegram.ts';
import { SendTrouble } from './send-trouble.ts';
import { createWebhookSender } from './send-webhook.ts';

type Send<Kind extends ChannelKindName> = (target: TargetOf<Kind>, message: Message) => Promise<void>;
type SendByKind = { readonly [Kind in ChannelKindName]: Send<Kind> | undefined };

/** The settings that a kind of channel cannot do without. */
const needs: Partial<Record<ChannelKindName, string>> = {
  EMAIL: 'SMTP_URL',
  PUSH: 'FIREBASE_KEY',
  PUSHOVER: 'PUSHOVER_TOKEN',
  TELEGRAM: 'TELEGRAM_BOT_TOKEN',
};

function createSendByKind(settings: ChannelSettings, allowed: AddressRule): SendByKind {
  const { smtp, firebase, pushover, telegram, timeoutMs, ntfyUrl } = settings;
  const post = createPost(timeoutMs);
  const guarded = createPost(timeoutMs, createGuardedAgent({ allowed, connectTimeoutMs: timeoutMs }));
  const email = smtp && new EmailSender(smtp, timeoutMs);
  const push = firebase && new PushSender(firebase, post);
  return {
    EMAIL: email && ((target, message) => email.send(target, message)),
    PUSH: push && ((target, message) => push.send(target, message)),
    PUSHOVER: pushover && createPushoverSender(pushover, post),
    TELEGRAM: telegram && createTelegramSender(telegram, post),
    GOTIFY: createGotifySender(guarded),
    NTFY: createNtfySender({ url: ntfyUrl, post }, guarded),
    DISCORD: createDiscordSender(post),
    APPRISE: createAppriseSender(guarded),
    WEBHOOK: createWebhookSender(guarded),
  };
}

/** The ways out of one process. */
export class Senders {
  readonly #byKind: SendByKind;

  constructor(settings: ChannelSettings, allowed: AddressRule) {
    this.#byKind = createSendByKind(settings, allowed);
  }

  /** The setting that is missing for a kind of channel; undefined where there is none missing. */
  missing(kind: ChannelKindName): string | undefined {
    return this.#byKind[kind] ? undefined : needs[kind];
  }

  /** @throws SendTrouble, whose words hold nothing secret. */
  async send(target: Target, message: Message): Promise<void> {
    const send = this.#byKind[target.kind] as Send<typeof target.kind> | undefined;
    if (!send) throw new SendTrouble('RETRY', `This server has no ${needs[target.kind]}.`);
    try {
      await send(target as never, message);
    } catch (error) {
      if (!(error instanceof SendTrouble)) throw error;
      const words = secretsOf(target)
        .filter((secret) => secret.length >= 4)
        .reduce((text, secret) => text.replaceAll(secret, '[redacted]'), redact(error.message));
      throw new SendTrouble(error.fate, words, error.retryAfterMs, { cause: error.cause });
    }
  }
}

import { randomBytes } from 'node:crypto';
import type { SecretBox } from '@gastronom/shared/encrypted-secret';
import type { AddressRule } from '@gastronom/shared/http/address-guard';
import type { ChannelSettings } from './channel-settings.ts';
import type { NotificationChannelEntity } from './notification-channel.entity.ts';
import { Senders } from './sender/senders.ts';
import type { Target } from './target.ts';

/** What channels of one process share. */
export interface ChannelTools {
  readonly settings: ChannelSettings;
  readonly senders: Senders;
  readonly allowed: AddressRule;
  readonly box: SecretBox;
}

export const createChannelTools = (settings: ChannelSettings, box: SecretBox, allowed: AddressRule): ChannelTools => ({
  settings,
  senders: new Senders(settings, allowed),
  allowed,
  box,
});

const contextOf = (channelId: string): string => `notification-channel:${channelId}`;

export const sealTarget = (box: SecretBox, channelId: string, target: Target): string =>
  box.seal(JSON.stringify(target), contextOf(channelId));

export const openTarget = (box: SecretBox, channelId: string, sealed: string): Target =>
  JSON.parse(box.open(sealed, contextOf(channelId)));

export const sealCode = (box: SecretBox, channelId: string, code: string): string =>
  box.seal(code, `${contextOf(channelId)}:code`);

export const openCode = (box: SecretBox, channelId: string, sealed: string): string =>
  box.open(sealed, `${contextOf(channelId)}:code`);

type Sealed = Pick<NotificationChannelEntity, 'id' | 'target' | 'confirmationCode'>;

/** The same secrets under the key that seals now; null where they are. @throws SealedSecretError */
export function resealedChannel(box: SecretBox, { id, target, confirmationCode: code }: Sealed) {
  const next = {
    target: box.isCurrent(target) ? target : sealTarget(box, id, openTarget(box, id, target)),
    confirmationCode: code === null || box.isCurrent(code) ? code : sealCode(box, id, openCode(box, id, code)),
  };
  return next.target === target && next.confirmationCode === code ? null : next;
}

/** As Standard Webhooks write them. */
export const newSigningSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

import type { SecretBox } from '@gastronom/shared/encrypted-secret';
import { type OnUnreadable, resealPages } from '../reseal-pages.ts';
import { resealedChannel } from './channel-tools.ts';
import type { NotificationChannelRepository } from './notification-channel.repository.ts';

/** Seals all targets with the key that seals now: a day after a new key came, the former one is needed no more. */
export const resealChannels = (channels: NotificationChannelRepository, box: SecretBox, onUnreadable: OnUnreadable) =>
  resealPages({
    list: (after, size) => channels.listSecrets(after, size),
    reseal: async (channel) => {
      const anew = resealedChannel(box, channel);
      if (anew) await channels.updateSealing(channel, anew);
    },
    onUnreadable,
  });

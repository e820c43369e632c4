import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { NotificationAttemptEntity } from './notification-attempt.entity.ts';
import { NotificationAttemptRepository } from './notification-attempt.repository.ts';

type AttemptPages = DataLoader<string, readonly NotificationAttemptEntity[]>;

/** The delivery logs of the channels of one request. */
export class ChannelLoaders {
  readonly #attempts;
  readonly #pages = new Map<string, AttemptPages>();

  constructor(manager: EntityManager) {
    this.#attempts = new NotificationAttemptRepository(manager);
  }

  /** By channel: all that ask for the same page of their log are one statement. */
  attempts(size: number, after?: string): AttemptPages {
    const key = `${size} ${after ?? ''}`;
    const known = this.#pages.get(key);
    if (known) return known;
    const made: AttemptPages = new DataLoader(async (ids) => {
      const rows = await this.#attempts.listOfChannels(ids, size, after);
      const byChannel = Map.groupBy(rows, ({ channelId }) => channelId ?? '');
      return ids.map((id) => byChannel.get(id) ?? []);
    });
    this.#pages.set(key, made);
    return made;
  }
}

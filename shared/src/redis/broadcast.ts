import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import type { Logger } from '../logger.ts';

/**
 * Tells all processes of the product at once, where they share a Redis; else the parts of this process. A message may be
 * lost while Redis is away: what hangs on it must come right by itself after a while.
 */
export interface Broadcast {
  publish(channel: string, message: object): void;
  /** @returns how to stop listening. */
  subscribe(channel: string, handler: (message: unknown) => void): () => void;
}

/** Within this process alone. */
export function localBroadcast(): Broadcast {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  return {
    publish: (channel, message) => {
      emitter.emit(channel, message);
    },
    subscribe(channel, handler) {
      emitter.on(channel, handler);
      return () => {
        emitter.off(channel, handler);
      };
    },
  };
}

const prefix = 'gastronom:';

/**
 * Over Redis. This process hears its own messages without the way round, so that they arrive while Redis is away.
 * @param subscriber a connection of its own: one that subscribes can do nothing else.
 */
export function redisBroadcast(publisher: Redis, subscriber: Redis, logger: Logger): Broadcast {
  const here = localBroadcast();
  const origin = crypto.randomUUID();
  const channels = new Set<string>();
  const complain = (error: Error) => logger.warn({ err: error }, 'a broadcast did not reach Redis');
  subscriber.on('message', (channel: string, text: string) => {
    try {
      const { from, message } = JSON.parse(text) as { from: string; message: object };
      if (from !== origin) here.publish(channel.slice(prefix.length), message);
    } catch (error) {
      // Somebody else writes to our channels, or an older version of ours does.
      logger.warn({ err: error, channel }, 'a broadcast could not be read');
    }
  });
  return {
    publish(channel, message) {
      here.publish(channel, message);
      publisher.publish(`${prefix}${channel}`, JSON.stringify({ from: origin, message })).catch(complain);
    },
    subscribe(channel, handler) {
      if (!channels.has(channel)) {
        channels.add(channel);
        subscriber.subscribe(`${prefix}${channel}`).catch(complain);
      }
      return here.subscribe(channel, handler);
    },
  };
}

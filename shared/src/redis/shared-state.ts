import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from '../logger.ts';
import { type Broadcast, localBroadcast, redisBroadcast } from './broadcast.ts';

/** What the replicas of the product share: a Redis where `REDIS_URL` names one, else nothing beyond this process. */
export interface SharedState {
  readonly redis: Redis | undefined;
  readonly broadcast: Broadcast;
  close(): Promise<void>;
}

/** Commands fail at once while Redis is away, so that nobody waits for it; the connection is sought again by itself. */
const options: RedisOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  connectTimeout: 2_000,
  retryStrategy: (attempt) => Math.min(100 * 2 ** attempt, 5_000),
};

/** Says once that Redis went away, and once that it came back. */
function tellTroubles(redis: Redis, logger: Logger): void {
  let away = false;
  redis.on('error', (error: Error) => {
    if (!away) logger.warn({ err: error }, 'Redis does not answer: each process is on its own until it does');
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.info('Redis answers again');
    away = false;
  });
}

/**
 * Does not wait for Redis: the product runs without it, and shares once it is there.
 * @param timeoutMs for how long a command may take; whoever gives it then goes on without.
 * @param nearby how broadcasts travel where there is no Redis: within this process, unless given.
 */
export function connectSharedState(
  url: string | undefined,
  logger: Logger,
  timeoutMs = 500,
  nearby: Broadcast = localBroadcast(),
): SharedState {
  if (!url) return { redis: undefined, broadcast: nearby, close: () => Promise.resolve() };
  const redis = new Redis(url, { ...options, commandTimeout: timeoutMs });
  // What it subscribed to waits until Redis is there, and is subscribed to again after each absence.
  const subscriber = new Redis(url, { ...options, enableOfflineQueue: true, maxRetriesPerRequest: null });
  tellTroubles(redis, logger);
  subscriber.on('error', (error: Error) => logger.debug({ err: error }, 'the subscriber lost Redis'));
  return {
    redis,
    broadcast: redisBroadcast(redis, subscriber, logger),
    async close() {
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}

import { z } from 'zod';
import type { Broadcast } from './redis/broadcast.ts';

const channel = 'live';

const changeSchema = z.object({ of: z.string(), keys: z.array(z.string()) });

/** Things of one kind that are others now: which, and nothing of what they have become. */
export type LiveChange = z.infer<typeof changeSchema>;

/**
 * Called after the commit: gateways that serve live queries of these things look at them again. Whoever misses it looks
 * again by itself after a while.
 * @param of the kind, as `product`.
 * @param keys by which clients ask for them, as SKUs.
 */
export function tellLive(broadcast: Broadcast, of: string, keys: Iterable<string>): void {
  const change: LiveChange = { of, keys: [...new Set(keys)] };
  if (change.keys.length > 0) broadcast.publish(channel, change);
}

export const onLive = (broadcast: Broadcast, handler: (change: LiveChange) => void): (() => void) =>
  broadcast.subscribe(channel, (message) => handler(changeSchema.parse(message)));

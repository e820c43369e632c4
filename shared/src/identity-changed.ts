import { z } from 'zod';
import type { Broadcast } from './redis/broadcast.ts';

const channel = 'identity-changed';

const changeSchema = z.union([z.object({ clerkUserId: z.string() }), z.object({ keyHash: z.string() })]);

/** Whose rights are others now: a person by Clerk's id, or a machine by the hash of its key. */
export type IdentityChange = z.infer<typeof changeSchema>;

/** Called after the commit, so that every gateway that hears it looks the identity up anew. */
export const identityChanged = (broadcast: Broadcast, change: IdentityChange): void =>
  broadcast.publish(channel, change);

export const onIdentityChanged = (broadcast: Broadcast, handler: (change: IdentityChange) => void): (() => void) =>
  broadcast.subscribe(channel, (message) => handler(changeSchema.parse(message)));

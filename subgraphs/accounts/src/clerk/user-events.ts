import type { Act } from '../act.ts';
import { SessionRepository } from '../session/session.repository.ts';
import { expectedUserArrived } from '../user/expected-user-arrived.event.ts';
import { UserRepository } from '../user/user.repository.ts';
import { userDeleted } from '../user/user-deleted.event.ts';
import { ClerkDepartureRepository } from './clerk-departure.repository.ts';
import { deletedSchema, readEvent, sessionSchema, type UserEvent, userSchema } from './clerk-event.ts';

const primaryOf = ({ primary_email_address_id: primary, email_addresses: addresses }: UserEvent) =>
  addresses.find((address) => address.id === primary);

const nameOf = ({ first_name: first, last_name: last, username }: UserEvent): string | null =>
  [first, last].filter(Boolean).join(' ') || username;

/**
 * A person's own data, and whether they are banned. Their role is ours to give. `locked` is no ban: it keeps a guesser
 * from signing in, and who is locked out by guesses at their password stays signed in where they are.
 */
export async function applyUser({ manager, audit, publish, concerns }: Act, data: unknown): Promise<boolean> {
  const event = readEvent(userSchema, data);
  const users = new UserRepository(manager);
  const address = primaryOf(event);
  const email = address?.email_address || null;
  const isTheirs = email !== null && address?.verification?.status === 'verified';
  if (isTheirs) await users.welcomeExpected(event.id, email);
  const before = await users.findByClerkId(event.id);
  const applied = await users.applyClerkUser({
    clerkUserId: event.id,
    email,
    name: nameOf(event),
    banned: event.banned,
    at: event.updated_at,
  });
  if (!applied) return false;
  concerns(event.id);
  const expectedUserId = before && isTheirs ? await users.deleteExpected(email) : null;
  if (before && expectedUserId) await publish(expectedUserArrived, { expectedUserId, userId: before.id });
  const banned = before?.bannedAt !== null && before !== null;
  if (before && banned !== event.banned) {
    const subject = { type: 'User', id: before.id };
    await audit({ action: 'user.ban.set', subject, before: { banned }, after: { banned: event.banned } });
  }
  return true;
}

/**
 * Name and address go, the sessions and memberships end; the row stays under its id, since orders point at it, and so does
 * Clerk's id in it, by which what comes late is known and which says nothing without Clerk.
 */
export async function deleteUser(
  { manager, audit, publish, concerns }: Act,
  data: unknown,
  at: Date,
): Promise<boolean> {
  const { id: clerkUserId } = readEvent(deletedSchema, data);
  const users = new UserRepository(manager);
  const before = await users.findByClerkId(clerkUserId);
  const { id } = await users.anonymise(clerkUserId, at);
  if (before?.deletedAt) return false;
  const departure = new ClerkDepartureRepository(manager);
  await departure.endAll(id);
  if (before?.email) await departure.forgetAddress(before.email);
  concerns(clerkUserId);
  // What is told here is kept: neither name nor address.
  const told = before ? { role: before.role } : null;
  await audit({ action: 'user.delete', subject: { type: 'User', id }, before: told, after: null });
  await publish(userDeleted, { userId: id });
  return true;
}

export async function endSession({ manager, concerns }: Act, data: unknown): Promise<boolean> {
  const { id, user_id: clerkUserId } = readEvent(sessionSchema, data);
  await new SessionRepository(manager).end(id, clerkUserId);
  concerns(clerkUserId);
  return true;
}

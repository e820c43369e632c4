import { isUUID } from '@gastronom/shared/id';
import type { Role } from '@gastronom/shared/viewer';
import { z } from 'zod';
import { type Acting, act } from '../act.ts';
import { RefusalError } from '../refusal-error.ts';
import type { UserEntity } from './user.entity.ts';
import { isExpected, UserRepository } from './user.repository.ts';

/** Who is to have another role: by our own id, by Clerk's, or by an e-mail address that one person alone has. */
export type WhichUser = { readonly userId: string } | { readonly clerkUserId: string } | { readonly email: string };

const noSuchUser = (field: string[]) => new RefusalError('NOT_FOUND', field, 'There is no such person.');

/** The one person with the address. Who came with it stands before who is only expected by it. */
async function findByEmail(users: UserRepository, email: string, field: string[]): Promise<UserEntity | null> {
  const all = await users.listByEmail(email);
  const came = all.filter((user) => !isExpected(user));
  if (came.length > 1)
    throw new RefusalError('AMBIGUOUS', field, 'Several people have this e-mail address: name one by their id.');
  return came[0] ?? all[0] ?? null;
}

const address = z.email().max(254);

/**
 * The person with an e-mail address. With `create`, somebody whom nobody knows yet is expected by it from now on: things
 * can be theirs already, and they find them when they first sign in with the address, verified.
 */
export function ensureUser(acting: Acting, text: string, create: boolean, field: string[]): Promise<UserEntity> {
  return act(acting, async ({ manager, audit }) => {
    const users = new UserRepository(manager);
    const email = address.safeParse(text.trim().toLowerCase());
    if (!email.success) throw new RefusalError('BAD_EMAIL', field, 'This is no e-mail address.');
    const known = await findByEmail(users, email.data, field);
    if (known) return known;
    if (!create) throw noSuchUser(field);
    const made = await users.expect(email.data);
    // The address itself is not told: entries stay for ever.
    if (made)
      await audit({ action: 'user.expect', subject: { type: 'User', id: made.id }, after: { role: made.role } });
    const user = made ?? (await findByEmail(users, email.data, field));
    if (!user) throw noSuchUser(field);
    return user;
  });
}

async function idOf(users: UserRepository, which: WhichUser, field: string[]): Promise<string> {
  if ('userId' in which && isUUID(which.userId)) return which.userId;
  const user =
    'clerkUserId' in which
      ? await users.findByClerkId(which.clerkUserId)
      : 'email' in which
        ? await findByEmail(users, which.email, field)
        : null;
  if (!user) throw noSuchUser(field);
  return user.id;
}

/** Sets a person's role, at once in every replica. The product is never left without an admin. */
export function setUserRole(acting: Acting, which: WhichUser, role: Role, field: string[]): Promise<UserEntity> {
  return act(acting, async ({ manager, audit, concerns }) => {
    const users = new UserRepository(manager);
    const id = await idOf(users, which, field);
    // Locked first and in one order, so that two admins who take each other's role wait for one another.
    const admins = await users.lockAdmins();
    const user = await users.lock(id);
    if (!user || user.deletedAt || isExpected(user)) throw noSuchUser(field);
    if (user.role === role) return user;
    if (user.role === 'ADMIN' && !admins.some((admin) => admin.id !== user.id))
      throw new RefusalError('LAST_ADMIN', field, 'This is the last admin: make another person an admin first.');
    await audit({
      action: 'user.role.set',
      subject: { type: 'User', id: user.id },
      before: { role: user.role },
      after: { role },
    });
    concerns(user.clerkUserId);
    return users.setRole(user, role);
  });
}

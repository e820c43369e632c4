import { isUUID } from '@gastronom/shared/id';
import type { Role } from '@gastronom/shared/viewer';
import { type Acting, act } from '../act.ts';
import { RefusalError } from '../refusal-error.ts';
import type { UserEntity } from './user.entity.ts';
import { UserRepository } from './user.repository.ts';

/** Who is to have another role: by our own id, by Clerk's, or by an e-mail address that one person alone has. */
export type WhichUser = { readonly userId: string } | { readonly clerkUserId: string } | { readonly email: string };

const noSuchUser = (field: string[]) => new RefusalError('NOT_FOUND', field, 'There is no such person.');

async function idOf(users: UserRepository, which: WhichUser, field: string[]): Promise<string> {
  if ('userId' in which && isUUID(which.userId)) return which.userId;
  const found =
    'clerkUserId' in which
      ? [await users.findByClerkId(which.clerkUserId)]
      : 'email' in which
        ? await users.listByEmail(which.email)
        : [];
  if (found.length > 1)
    throw new RefusalError('AMBIGUOUS', field, 'Several people have this e-mail address: name one by their id.');
  const [user] = found;
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
    if (!user || user.deletedAt) throw noSuchUser(field);
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

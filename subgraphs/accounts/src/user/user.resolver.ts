import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { DateTime } from '@gastronom/shared/scalars';
import type { Role } from '@gastronom/shared/viewer';
import { Arg, Args, Ctx, Directive, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import { isOwnOrStaff } from '../reader.ts';
import { orRefusal } from '../refusal-error.ts';
import type { UserEntity } from './user.entity.ts';
import { AssignUserRoleInput, EnsureUserInput, SetUserRoleInput, UserFilter } from './user.inputs.ts';
import { UserRepository } from './user.repository.ts';
import { ensureUser, setUserRole } from './user.service.ts';
import { EnsureUserPayload, SetUserRolePayload, User, UserConnection, UserRole } from './user.type.ts';

const sort = 'users';

@Resolver(() => User)
export class UserResolver {
  @Query(() => User, {
    nullable: true,
    description: 'The signed-in person; null for a machine or an anonymous caller.',
  })
  async me(@Ctx() { viewer, loaders }: AccountsContext): Promise<UserEntity | null> {
    return viewer.kind === 'user' ? loaders.users.load(viewer.userId) : null;
  }

  @FieldResolver(() => UserRole, {
    nullable: true,
    description: 'What the person may do of their own, whomever they act for. For the person and for staff.',
  })
  role(@Root() user: UserEntity, @Ctx() { viewer }: AccountsContext): Role | null {
    return isOwnOrStaff(viewer, user.id) ? user.role : null;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When the person was first seen. For the person and for staff.',
  })
  createdAt(@Root() user: UserEntity, @Ctx() { viewer }: AccountsContext): Date | null {
    return isOwnOrStaff(viewer, user.id) ? user.createdAt : null;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When this record last changed. For the person and for staff.',
  })
  updatedAt(@Root() user: UserEntity, @Ctx() { viewer }: AccountsContext): Date | null {
    return isOwnOrStaff(viewer, user.id) ? user.updatedAt : null;
  }

  @Mutation(() => SetUserRolePayload, {
    description: 'Sets what a person may do, at once and everywhere. There is always an admin left. For admins.',
  })
  setUserRole(
    @Ctx() context: AccountsContext,
    @Arg('input', () => SetUserRoleInput, { description: 'Who, and the role.' }) { userId, role }: SetUserRoleInput,
  ): Promise<SetUserRolePayload> {
    return orRefusal({ user: null }, async () => ({
      user: await setUserRole(context, { userId }, role, ['input', 'userId']),
    }));
  }

  @Directive('@inaccessible')
  @Mutation(() => EnsureUserPayload, {
    description:
      'The person with an e-mail address, expected from now on where nobody knows them yet. For other parts.',
  })
  ensureUser(
    @Ctx() context: AccountsContext,
    @Arg('input', () => EnsureUserInput, { description: 'Who.' }) { email, create }: EnsureUserInput,
  ): Promise<EnsureUserPayload> {
    return orRefusal({ user: null }, async () => ({
      user: await ensureUser(context, email, create, ['input', 'email']),
    }));
  }

  @Directive('@inaccessible')
  @Mutation(() => SetUserRolePayload, {
    description:
      'Sets the role of a person who is not known by our own id. For the command line, on the database itself.',
  })
  assignUserRole(
    @Ctx() context: AccountsContext,
    @Arg('input', () => AssignUserRoleInput, { description: 'Who, and the role.' }) input: AssignUserRoleInput,
  ): Promise<SetUserRolePayload> {
    const { clerkUserId, email, role } = input;
    const which = clerkUserId ? { clerkUserId } : { email: email ?? '' };
    return orRefusal({ user: null }, async () => ({ user: await setUserRole(context, which, role, ['input']) }));
  }
}

type UserPage = Connection<UserEntity> & { readonly filter: UserFilter };

@Resolver(() => UserConnection)
export class UserListResolver {
  @Query(() => UserConnection, { description: 'People, newest first. For admins.' })
  async users(
    @Ctx() { manager }: AccountsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('filter', () => UserFilter, { nullable: true, description: 'Which; all by default.' })
    filter?: UserFilter | null,
  ): Promise<UserPage> {
    const size = pageSize(first);
    const rows = await new UserRepository(manager).list(filter ?? {}, size + 1, decodeMomentCursor(after, sort));
    const cursorOf = (user: UserEntity) => encodeCursor(sort, [user.createdAt.toISOString(), user.id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), filter: filter ?? {} };
  }

  @FieldResolver(() => Int, { description: 'How many people match. Counted only when asked for.' })
  totalCount(@Root() { filter }: UserPage, @Ctx() { manager }: AccountsContext): Promise<number> {
    return new UserRepository(manager).count(filter);
  }
}

export function resolveUserReference(
  { id }: { id?: unknown },
  { loaders }: AccountsContext,
): Promise<UserEntity | null> | null {
  return typeof id === 'string' && isUUID(id) ? loaders.users.load(id.toLowerCase()) : null;
}

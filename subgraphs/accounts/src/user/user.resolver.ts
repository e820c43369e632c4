import { DomainError } from '@gastronom/shared/domain-error';
import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import type { UserEntity } from './user.entity.ts';
import { EnsureUserInput } from './user.inputs.ts';
import { UserRepository } from './user.repository.ts';
import { User } from './user.type.ts';

@Resolver(() => User)
export class UserResolver {
  @Query(() => User, {
    nullable: true,
    description: 'The signed-in person; null for a machine or an anonymous caller.',
  })
  async me(@Ctx() { viewer, manager }: AccountsContext): Promise<UserEntity | null> {
    return viewer.kind === 'user' ? new UserRepository(manager).findById(viewer.userId) : null;
  }

  @Directive('@inaccessible')
  @Mutation(() => User, {
    description: 'Finds or creates the person that a verified session token names. For the gateway.',
  })
  async ensureUser(
    @Ctx() { manager }: AccountsContext,
    @Arg('input', () => EnsureUserInput, { description: 'What the token says.' }) input: EnsureUserInput,
  ): Promise<UserEntity> {
    const users = new UserRepository(manager);
    const known = await users.findByClerkId(input.clerkUserId);
    if (known) return known;
    await users.insertOrRefresh(input);
    const made = await users.findByClerkId(input.clerkUserId);
    if (!made) throw new DomainError('CONFLICT', 'The user was deleted while signing in. Try again.');
    return made;
  }
}

import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import { isOwnOrStaff } from '../reader.ts';
import type { UserEntity } from '../user/user.entity.ts';
import { User } from '../user/user.type.ts';
import type { MembershipEntity } from './membership.entity.ts';
import { Membership } from './membership.type.ts';

/** What of a person hangs on the organisations they belong to. */
@Resolver(() => User)
export class UserMembershipsResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Primary e-mail address; null while it is not known. For the person, for ADMINs of their organizations, and for staff.',
  })
  async email(@Root() user: UserEntity, @Ctx() { viewer, loaders }: AccountsContext): Promise<string | null> {
    if (isOwnOrStaff(viewer, user.id)) return user.email;
    return (await loaders.memberships.administered.load(user.id)) ? user.email : null;
  }

  @FieldResolver(() => [Membership], {
    nullable: true,
    description:
      'The organizations that the person belongs to, the oldest memberships first. For the person and for staff.',
  })
  async memberships(
    @Root() user: UserEntity,
    @Ctx() { viewer, loaders }: AccountsContext,
  ): Promise<MembershipEntity[] | null> {
    return isOwnOrStaff(viewer, user.id) ? loaders.memberships.ofUser.load(user.id) : null;
  }
}

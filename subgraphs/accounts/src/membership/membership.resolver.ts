import { DomainError } from '@gastronom/shared/domain-error';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import type { OrganizationEntity } from '../organization/organization.entity.ts';
import { Organization } from '../organization/organization.type.ts';
import { orRefusal } from '../refusal-error.ts';
import type { UserEntity } from '../user/user.entity.ts';
import { User } from '../user/user.type.ts';
import type { MembershipEntity } from './membership.entity.ts';
import { SetMemberRoleInput } from './membership.inputs.ts';
import { leaveOrganization, removeMember, setMemberRole } from './membership.service.ts';
import { Membership, MembershipPayload } from './membership.type.ts';

@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => User, { description: 'The member.' })
  user(@Root() { userId }: MembershipEntity, @Ctx() { loaders }: AccountsContext): Promise<UserEntity | null> {
    return loaders.users.load(userId);
  }

  @FieldResolver(() => Organization, { description: 'The organization.' })
  organization(
    @Root() { organizationId }: MembershipEntity,
    @Ctx() { loaders }: AccountsContext,
  ): Promise<OrganizationEntity | null> {
    return loaders.organizations.byId.load(organizationId);
  }

  @Mutation(() => MembershipPayload, {
    description:
      'Sets what a member may do in the organization, at once. Its last ADMIN stays one. For its ADMINs, and for admins.',
  })
  setMemberRole(
    @Ctx() context: AccountsContext,
    @Arg('input', () => SetMemberRoleInput, { description: 'Which member, and the role.' }) input: SetMemberRoleInput,
  ): Promise<MembershipPayload> {
    return orRefusal({ membership: null }, async () => ({ membership: await setMemberRole(context, input) }));
  }

  @Mutation(() => MembershipPayload, {
    description: 'Takes a member out of the organization, at once. For its ADMINs, and for admins.',
  })
  removeMember(
    @Ctx() context: AccountsContext,
    @Arg('membershipId', () => ID, { description: 'Id of the membership.' }) membershipId: string,
  ): Promise<MembershipPayload> {
    return orRefusal({ membership: null }, async () => ({ membership: await removeMember(context, membershipId) }));
  }

  @Mutation(() => MembershipPayload, {
    description: 'Ends one’s own membership. The last ADMIN makes another one first.',
  })
  leaveOrganization(
    @Ctx() context: AccountsContext,
    @Arg('organizationId', () => ID, { description: 'Id of the organization.' }) organizationId: string,
  ): Promise<MembershipPayload> {
    const { viewer } = context;
    if (viewer.kind !== 'user') throw new DomainError('FORBIDDEN', 'Only a person belongs to an organization.');
    return orRefusal({ membership: null }, async () => ({
      membership: await leaveOrganization(context, viewer.userId, organizationId),
    }));
  }
}

import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import { orRefusal } from '../refusal-error.ts';
import type { UserEntity } from '../user/user.entity.ts';
import { User } from '../user/user.type.ts';
import type { InvitationEntity, InvitationStatus } from './invitation.entity.ts';
import { InviteMemberInput } from './invitation.inputs.ts';
import { inviteMember, revokeInvitation } from './invitation.service.ts';
import { Invitation, InvitationPayload, InvitationState } from './invitation.type.ts';
import { statusOf } from './invitation-status.ts';

@Resolver(() => Invitation)
export class InvitationResolver {
  @FieldResolver(() => InvitationState, { description: 'What became of it.' })
  status(@Root() invitation: InvitationEntity): InvitationStatus {
    return statusOf(invitation);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who invited; null where that was done at Clerk.',
  })
  async invitedBy(
    @Root() { invitedByUserId }: InvitationEntity,
    @Ctx() { loaders }: AccountsContext,
  ): Promise<UserEntity | null> {
    return invitedByUserId ? loaders.users.load(invitedByUserId) : null;
  }

  @Mutation(() => InvitationPayload, {
    description:
      'Invites a person into an organization; Clerk writes to them. Without Clerk, one who has signed in here joins at once. For its ADMINs, and for admins.',
  })
  inviteMember(
    @Ctx() context: AccountsContext,
    @Arg('input', () => InviteMemberInput, { description: 'Whom, and whereto.' }) input: InviteMemberInput,
  ): Promise<InvitationPayload> {
    return orRefusal({ invitation: null }, async () => ({ invitation: await inviteMember(context, input) }));
  }

  @Mutation(() => InvitationPayload, {
    description:
      'Takes an invitation back before it is answered. Again is no error. For ADMINs of the organization, and for admins.',
  })
  revokeInvitation(
    @Ctx() context: AccountsContext,
    @Arg('id', () => ID, { description: 'Id of the invitation.' }) id: string,
  ): Promise<InvitationPayload> {
    return orRefusal({ invitation: null }, async () => ({ invitation: await revokeInvitation(context, id) }));
  }
}

import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import type { MembershipRole } from '@gastronom/shared/viewer';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { OrganizationRole } from '../organization/organization-enums.type.ts';
import { describeRefusals } from '../refusal-codes.ts';
import type { InvitationEntity } from './invitation.entity.ts';

export enum InvitationState {
  PENDING = 'PENDING',
  ACCEPTED = 'ACCEPTED',
  REVOKED = 'REVOKED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(InvitationState, {
  name: 'InvitationStatus',
  description: 'What became of an invitation.',
  valuesConfig: {
    PENDING: { description: 'Not answered yet.' },
    ACCEPTED: { description: 'The person is a member, or was one since.' },
    REVOKED: { description: 'Taken back before it was answered.' },
    EXPIRED: { description: 'Not answered in time.' },
  },
});

@ObjectType({ description: 'Somebody was asked to join an organization. Clerk sends the letter.' })
export class Invitation implements Pick<InvitationEntity, 'id' | 'email' | 'role' | 'createdAt' | 'updatedAt'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'Address that the letter went to, in small letters.' })
  email!: string;

  @Field(() => OrganizationRole, { description: 'What the person may do once they are a member.' })
  role!: MembershipRole;

  @Field(() => DateTime, { description: 'When the person was invited.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When its status last changed.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of an organization’s invitations, newest first.' })
export class InvitationConnection extends connectionOf(Invitation, 'Invitation') {
  @Field(() => Int, {
    description: 'How many invitations there are, whatever became of them. Counted only when asked for.',
  })
  totalCount?: number;
}

@ObjectType({ description: 'An invitation that was to be made or revoked.' })
export class InvitationPayload {
  @Field(() => Invitation, { nullable: true, description: 'The invitation; null when it was refused.' })
  invitation!: InvitationEntity | null;

  @Field(() => [UserError], {
    description: describeRefusals(
      'NOT_FOUND',
      'BAD_EMAIL',
      'ALREADY_MEMBER',
      'ALREADY_INVITED',
      'QUOTA_EXCEEDED',
      'NOT_PENDING',
      'CLERK_REFUSED',
      'CLERK_NOT_CONFIGURED',
    ),
  })
  userErrors!: UserError[];
}

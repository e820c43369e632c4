import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import type { MembershipRole } from '@gastronom/shared/viewer';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { OrganizationRole } from '../organization/organization-enums.type.ts';
import { describeRefusals } from '../refusal-codes.ts';
import type { MembershipEntity } from './membership.entity.ts';

@ObjectType({ description: 'A person’s place in an organization.' })
export class Membership implements Pick<MembershipEntity, 'id' | 'role' | 'createdAt'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => OrganizationRole, { description: 'What the person may do in the organization.' })
  role!: MembershipRole;

  @Field(() => DateTime, { description: 'When the person joined.' })
  createdAt!: Date;
}

@ObjectType({ description: 'A page of an organization’s members, the oldest first.' })
export class MembershipConnection extends connectionOf(Membership, 'Membership') {
  @Field(() => Int, { description: 'How many members there are. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'A membership that was to be changed or ended.' })
export class MembershipPayload {
  @Field(() => Membership, {
    nullable: true,
    description: 'The membership, as it is or was at its end; null when it was refused.',
  })
  membership!: MembershipEntity | null;

  @Field(() => [UserError], { description: describeRefusals('NOT_FOUND', 'LAST_ADMIN', 'CLERK_REFUSED') })
  userErrors!: UserError[];
}

import type { MembershipRole } from '@gastronom/shared/viewer';
import { Field, ID, InputType } from 'type-graphql';
import { OrganizationRole } from '../organization/organization-enums.type.ts';

@InputType({ description: 'A role for a member.' })
export class SetMemberRoleInput {
  @Field(() => ID, { description: 'Id of the membership.' })
  membershipId!: string;

  @Field(() => OrganizationRole, { description: 'What the member may do from now on.' })
  role!: MembershipRole;
}

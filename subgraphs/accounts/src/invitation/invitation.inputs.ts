import type { MembershipRole } from '@gastronom/shared/viewer';
import { Field, ID, InputType } from 'type-graphql';
import { OrganizationRole } from '../organization/organization-enums.type.ts';

@InputType({ description: 'Who is to join which organization.' })
export class InviteMemberInput {
  @Field(() => ID, { description: 'Id of the organization.' })
  organizationId!: string;

  @Field(() => String, { description: 'E-mail address of the person.' })
  email!: string;

  @Field(() => OrganizationRole, { description: 'What the person may do once they are a member.' })
  role!: MembershipRole;
}

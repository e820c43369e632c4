import { UserError } from '@gastronom/shared/user-error.type';
import type { MembershipRole, OrganizationType, Role } from '@gastronom/shared/viewer';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { OrganizationEntity } from '../organization/organization.entity.ts';
import { Organization } from '../organization/organization.type.ts';
import { OrganizationKind, OrganizationRole } from '../organization/organization-enums.type.ts';
import { describeRefusals } from '../refusal-codes.ts';
import { UserRole } from '../user/user.type.ts';

@Directive('@inaccessible')
@ObjectType({ description: 'The organization that a person acts for.' })
export class SignInOrganization {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => OrganizationKind, { description: 'What it does here.' })
  type!: OrganizationType;

  @Field(() => OrganizationRole, { description: 'What the person may do in it.' })
  role!: MembershipRole;
}

@Directive('@inaccessible')
@ObjectType({ description: 'Who a session token stands for at this moment.' })
export class SignIn {
  @Field(() => ID, { description: 'Our own id of the person.' })
  userId!: string;

  @Field(() => UserRole, { description: 'The role in force: the own one, or that of the organization acted for.' })
  role!: Role;

  @Field(() => SignInOrganization, {
    nullable: true,
    description: 'The organization that the person acts for; null for nobody but themselves.',
  })
  organization!: SignInOrganization | null;
}

@ObjectType({ description: 'Whom the person acts for from the next request on.' })
export class SwitchOrganizationPayload {
  @Field(() => Organization, {
    nullable: true,
    description: 'The organization; null for nobody but themselves, and when it was refused.',
  })
  organization!: OrganizationEntity | null;

  @Field(() => UserRole, { nullable: true, description: 'The role in force with it; null when it was refused.' })
  role!: Role | null;

  @Field(() => [UserError], { description: describeRefusals('NOT_FOUND', 'TYPE_UNKNOWN', 'SESSION_UNKNOWN') })
  userErrors!: UserError[];
}

import type { OrganizationType } from '@gastronom/shared/viewer';
import { Directive, Field, ID, InputType } from 'type-graphql';
import { OrganizationKind } from './organization-enums.type.ts';

@InputType({ description: 'Which organizations to list.' })
export class OrganizationFilter {
  @Field(() => OrganizationKind, { nullable: true, description: 'What they do here.' })
  type?: OrganizationType | null;

  @Field(() => String, { nullable: true, description: 'What the name contains; case does not matter.' })
  text?: string | null;
}

@InputType({ description: 'An organization to be made.' })
export class CreateOrganizationInput {
  @Field(() => String, { description: 'What it is called: 1 to 100 characters.' })
  name!: string;

  @Field(() => OrganizationKind, { description: 'What it does here.' })
  type!: OrganizationType;
}

@InputType({ description: 'What is to change of an organization; what is left out stays.' })
export class UpdateOrganizationInput {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it is called: 1 to 100 characters.' })
  name?: string | null;

  @Field(() => OrganizationKind, { nullable: true, description: 'What it does here.' })
  type?: OrganizationType | null;
}

@Directive('@inaccessible')
@InputType({ description: 'An organization of a development installation, and who runs it.' })
export class EnsureOrganizationInput {
  @Field(() => String, { description: 'The id that tokens name it by.' })
  clerkOrganizationId!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => OrganizationKind, { description: 'What it does here.' })
  type!: OrganizationType;

  @Field(() => String, { description: 'Clerk’s id of the person who is its admin. The person is known already.' })
  adminClerkUserId!: string;
}

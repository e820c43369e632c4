import type { Role } from '@gastronom/shared/viewer';
import { Directive, Field, InputType } from 'type-graphql';
import { UserRole } from '../user/user.type.ts';

@Directive('@inaccessible')
@InputType({ description: 'What a verified session token says.' })
export class SignInInput {
  @Field(() => String, { description: 'Clerk’s id of the person, the token’s `sub`.' })
  clerkUserId!: string;

  @Field(() => String, { nullable: true, description: 'Primary e-mail address, if the token carries it.' })
  email?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the token says that the address is verified: who was expected by it is known then.',
  })
  emailVerified?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Full name, if the token carries it.' })
  name?: string | null;

  @Field(() => UserRole, {
    nullable: true,
    description: 'Role of a person who is new here; CUSTOMER by default. One already known keeps theirs.',
  })
  role?: Role | null;

  @Field(() => String, { nullable: true, description: 'Clerk’s id of the session, the token’s `sid`.' })
  sessionId?: string | null;

  @Field(() => String, { nullable: true, description: 'Clerk’s id of the organization that the token names.' })
  clerkOrganizationId?: string | null;
}

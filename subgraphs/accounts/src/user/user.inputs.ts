import type { Role } from '@gastronom/shared/viewer';
import { Directive, Field, ID, InputType } from 'type-graphql';
import { UserRole } from './user.type.ts';

@InputType({ description: 'Which people to list.' })
export class UserFilter {
  @Field(() => String, { nullable: true, description: 'What name or e-mail address contains; case does not matter.' })
  text?: string | null;

  @Field(() => UserRole, { nullable: true, description: 'Their own role.' })
  role?: Role | null;
}

@InputType({ description: 'A role for a person.' })
export class SetUserRoleInput {
  @Field(() => ID, { description: 'Our own id of the person.' })
  userId!: string;

  @Field(() => UserRole, { description: 'What the person may do from now on.' })
  role!: Role;
}

@Directive('@inaccessible')
@InputType({ description: 'Somebody who is to be known by their e-mail address.' })
export class EnsureUserInput {
  @Field(() => String, { description: 'E-mail address that one person at most has.' })
  email!: string;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether somebody whom nobody knows yet is expected from now on; they are refused otherwise.',
  })
  create!: boolean;
}

@Directive('@inaccessible')
@InputType({ description: 'A role for a person, named by one of the two.' })
export class AssignUserRoleInput {
  @Field(() => String, { nullable: true, description: 'Clerk’s id of the person, `user_…`.' })
  clerkUserId?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address that one person alone has.' })
  email?: string | null;

  @Field(() => UserRole, { description: 'What the person may do from now on.' })
  role!: Role;
}

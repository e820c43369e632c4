import type { Role } from '@gastronom/shared/viewer';
import { Field, ID, InputType } from 'type-graphql';
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

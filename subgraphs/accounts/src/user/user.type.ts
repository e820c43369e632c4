import { connectionOf } from '@gastronom/shared/connection.type';
import { UserError } from '@gastronom/shared/user-error.type';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { describeRefusals } from '../refusal-codes.ts';
import type { UserEntity } from './user.entity.ts';

export enum UserRole {
  CUSTOMER = 'CUSTOMER',
  RESTAURANT = 'RESTAURANT',
  SUPPLIER = 'SUPPLIER',
  STAFF = 'STAFF',
  ADMIN = 'ADMIN',
}
registerEnumType(UserRole, {
  name: 'UserRole',
  description: 'What a person may do. Kept in our own database, never read from a token.',
  valuesConfig: {
    CUSTOMER: { description: 'Buys from the shop.' },
    RESTAURANT: { description: 'Buys for a restaurant.' },
    SUPPLIER: { description: 'Sells to restaurants.' },
    STAFF: { description: 'Works in the shop: sees raw stock, buffers and sync runs.' },
    ADMIN: { description: 'Runs the product: keys, roles, held runs.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A person who has signed in at least once, or is expected by their e-mail address. Mirrors the Clerk user. Others than the person and staff see the name alone.',
})
export class User implements Pick<UserEntity, 'id' | 'name'> {
  @Field(() => ID, { description: 'Our own id of the person (UUID).' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Full name; null while it is not known, and of a person who was deleted.',
  })
  name!: string | null;
}

@ObjectType({ description: 'A page of people, newest first.' })
export class UserConnection extends connectionOf(User, 'User') {
  @Field(() => Int, { description: 'How many people match. Counted only when asked for.' })
  totalCount?: number;
}

@Directive('@inaccessible')
@ObjectType({ description: 'A person who was looked for by their e-mail address.' })
export class EnsureUserPayload {
  @Field(() => User, { nullable: true, description: 'The person; null when it was refused.' })
  user!: UserEntity | null;

  @Field(() => [UserError], { description: describeRefusals('NOT_FOUND', 'AMBIGUOUS', 'BAD_EMAIL') })
  userErrors!: UserError[];
}

@ObjectType({ description: 'A person whose role was to be set.' })
export class SetUserRolePayload {
  @Field(() => User, { nullable: true, description: 'The person; null when it was refused.' })
  user!: UserEntity | null;

  @Field(() => [UserError], { description: describeRefusals('NOT_FOUND', 'LAST_ADMIN', 'AMBIGUOUS') })
  userErrors!: UserError[];
}

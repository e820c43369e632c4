import { DateTime } from '@gastronom/shared/scalars';
import type { Role } from '@gastronom/shared/viewer';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
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

@ObjectType({ description: 'A person who has signed in at least once. Mirrors the Clerk user.' })
export class User implements Pick<UserEntity, 'id' | 'email' | 'name' | 'createdAt' | 'updatedAt'> {
  @Field(() => ID, { description: 'Our own id of the person (UUID).' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Primary e-mail address; null when the session token does not carry it.',
  })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'Full name; null when the session token does not carry it.' })
  name!: string | null;

  @Field(() => UserRole, { description: 'What the person may do.' })
  role!: Role;

  @Field(() => DateTime, { description: 'When the person was first seen.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When this record last changed.' })
  updatedAt!: Date;
}

import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { ServiceKeyEntity } from './service-key.entity.ts';
import { createKeyError, revokeKeyError, rotateKeyError } from './service-key.errors.ts';
import { scopeNames } from './service-key-scopes.ts';

export enum ServiceKeyState {
  ACTIVE = 'ACTIVE',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
}
registerEnumType(ServiceKeyState, {
  name: 'ServiceKeyState',
  description: 'How an API key stands.',
  valuesConfig: {
    ACTIVE: { description: 'It works.' },
    EXPIRED: { description: 'Its time is over, or that which it had beside its successor.' },
    REVOKED: { description: 'It was stopped by an admin.' },
  },
});

@ObjectType({ description: 'Something that an API key can be allowed to do.' })
export class ServiceKeyScope {
  @Field(() => String, { description: 'Its name, as a key bears it.' })
  name!: string;

  @Field(() => String, { description: 'What a key may do with it.' })
  description!: string;
}

@ObjectType({ description: 'An API key of a machine: a scraper, 1C, a partner.' })
export class ServiceKey implements Omit<ServiceKeyEntity, 'hash' | 'createdByUserId' | 'replacesId'> {
  @Field(() => ID, { description: 'Id of the key (UUID); not the key itself.' })
  id!: string;

  @Field(() => String, { description: 'What people call it.' })
  name!: string;

  @Field(() => [String], { description: `What it may do: ${scopeNames}.` })
  scopes!: string[];

  @Field(() => String, { description: 'The first characters of the key, to tell keys apart.' })
  prefix!: string;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it stops working; null for never.' })
  expiresAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was last used, to the minute; null for never.' })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked; null while it works.' })
  revokedAt!: Date | null;
}

@ObjectType({ description: 'A page of API keys, newest first.' })
export class ServiceKeyConnection extends connectionOf(ServiceKey, 'ServiceKey') {
  @Field(() => Int, { description: 'How many keys match. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'A new key, shown this once.' })
export class CreateServiceKeyPayload {
  @Field(() => ServiceKey, { nullable: true, description: 'The key’s record; null when the input was refused.' })
  key!: ServiceKeyEntity | null;

  @Field(() => String, { nullable: true, description: 'The key itself, `gk_…`. It cannot be shown again.' })
  secret!: string | null;

  @Field(() => [UserError], { description: createKeyError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'The new key in place of an old one, shown this once.' })
export class RotateServiceKeyPayload {
  @Field(() => ServiceKey, { nullable: true, description: 'The new key’s record; null when the input was refused.' })
  key!: ServiceKeyEntity | null;

  @Field(() => String, { nullable: true, description: 'The new key itself, `gk_…`. It cannot be shown again.' })
  secret!: string | null;

  @Field(() => [UserError], { description: rotateKeyError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'A revoked key.' })
export class RevokeServiceKeyPayload {
  @Field(() => ServiceKey, { nullable: true, description: 'The key’s record; null when there is none.' })
  key!: ServiceKeyEntity | null;

  @Field(() => [UserError], { description: revokeKeyError.description })
  userErrors!: UserError[];
}

import { DateTime } from '@gastronom/shared/scalars';
import { Directive, Field, ID, InputType, Int } from 'type-graphql';
import { ServiceKeyState } from './service-key.type.ts';
import { scopeNames } from './service-key-scopes.ts';
import type { KeyState } from './service-key-state.ts';

@InputType({ description: 'A key to be made.' })
export class CreateServiceKeyInput {
  @Field(() => String, { description: 'What people will call it: 1 to 100 characters.' })
  name!: string;

  @Field(() => [String], { description: `What it may do: ${scopeNames}. \`serviceKeyScopes\` tells more.` })
  scopes!: string[];

  @Field(() => DateTime, { nullable: true, description: 'When it stops working; never by default.' })
  expiresAt?: Date | null;
}

@InputType({ description: 'A key to be replaced by a new one, which works beside it for a while.' })
export class RotateServiceKeyInput {
  @Field(() => ID, { description: 'Id of the key’s record, not the key itself.' })
  id!: string;

  @Field(() => Int, {
    defaultValue: 60,
    description: 'For how many minutes the old key works on: 0 (it stops at once) to 43,200 (30 days).',
  })
  overlapMinutes!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the new key stops working. By default it lives as long as the old one was made for.',
  })
  expiresAt?: Date | null;
}

@InputType({ description: 'Which keys; all that is said holds together.' })
export class ServiceKeyFilter {
  @Field(() => ServiceKeyState, { nullable: true, description: 'Only keys that stand so; all by default.' })
  state?: KeyState | null;

  @Field(() => ID, { nullable: true, description: 'Only keys that this person made.' })
  createdByUserId?: string | null;
}

@Directive('@inaccessible')
@InputType({ description: 'A key whose secret is known already: that of a development installation.' })
export class EnsureServiceKeyInput {
  @Field(() => String, { description: 'The whole key.' })
  secret!: string;

  @Field(() => String, { description: 'What people will call it.' })
  name!: string;

  @Field(() => [String], { description: 'What it may do.' })
  scopes!: string[];
}

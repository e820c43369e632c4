import { DateTime } from '@gastronom/shared/scalars';
import { Directive, Field, InputType } from 'type-graphql';

@InputType({ description: 'A key to be made.' })
export class CreateServiceKeyInput {
  @Field(() => String, { description: 'What people will call it: 1 to 100 characters.' })
  name!: string;

  @Field(() => [String], { description: 'What it may do: `sync:write`.' })
  scopes!: string[];

  @Field(() => DateTime, { nullable: true, description: 'When it stops working; never by default.' })
  expiresAt?: Date | null;
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

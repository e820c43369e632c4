import { Directive, Field, ObjectType } from 'type-graphql';

@Directive('@shareable')
@ObjectType({ description: 'Something in the input that the caller can mend.' })
export class UserError {
  @Field(() => String, { description: 'Stable code to act on, as `NOT_FOUND`.' })
  code!: string;

  @Field(() => [String], {
    description: 'Path to the input field, outermost first; empty when it is about the whole call.',
  })
  field!: string[];

  @Field(() => String, { description: 'What is wrong and what to do, for people.' })
  message!: string;
}

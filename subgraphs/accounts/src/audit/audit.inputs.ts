import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'Which entries of the audit log; all that is said holds together.' })
export class AuditLogFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Who did it: `user:` or `key:` and the id, `internal:` and the part of the product, or `anonymous`.',
  })
  actor?: string | null;

  @Field(() => String, { nullable: true, description: 'What was done, as `buffer.set`.' })
  action?: string | null;

  @Field(() => String, { nullable: true, description: 'Type of what it was done to, as `Product`.' })
  subjectType?: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of what it was done to.' })
  subjectId?: string | null;

  @Field(() => String, { nullable: true, description: 'Address that the request came from.' })
  ip?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Done at this moment or later.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Done before this moment.' })
  to?: Date | null;
}

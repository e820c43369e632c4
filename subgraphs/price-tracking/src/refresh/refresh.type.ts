import { UserError } from '@gastronom/shared/user-error.type';
import { Field, Int, ObjectType } from 'type-graphql';
import { refreshError } from './refresh.errors.ts';

@ObjectType({ description: 'What became of a wish to have pages looked at.' })
export class RefreshPayload {
  @Field(() => Int, {
    description:
      'How many pages will be looked at, as soon as the stores’ manners allow. Those that were a minute ago are left out.',
  })
  requested!: number;

  @Field(() => [UserError], { description: refreshError.description })
  userErrors!: readonly UserError[];
}

import { UserError } from '@gastronom/shared/user-error.type';
import { describeCodes } from '@gastronom/shared/user-error-codes';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { SyncOutcomeName } from '../peer.ts';
import { type RowError, rowErrorCodes } from '../row/row-error.ts';
import type { RowAnswer } from './row-answer.ts';
import { syncError } from './sync.errors.ts';
import type { SyncAnswer } from './sync-batch.service.ts';
import type { SyncRunEntity } from './sync-run.entity.ts';
import { SyncRun } from './sync-run.type.ts';

export enum SyncOutcome {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  UNCHANGED = 'UNCHANGED',
  STALE = 'STALE',
  PARKED = 'PARKED',
  REJECTED = 'REJECTED',
}
registerEnumType(SyncOutcome, {
  name: 'SyncOutcome',
  description: 'What became of a row.',
  valuesConfig: {
    CREATED: { description: 'Something new was made of it: goods, or the first stock of goods in a warehouse.' },
    UPDATED: { description: 'It changed the goods or their stock.' },
    UNCHANGED: { description: 'It said what was known: nothing was written.' },
    STALE: { description: 'It was observed earlier than what is stored: it was skipped.' },
    PARKED: { description: 'Stock of goods that the catalogue does not know: it is kept, and theirs when they come.' },
    REJECTED: { description: 'It was not taken: `errors` says why.' },
  },
});

@ObjectType({ description: 'What is wrong with a row.' })
export class SyncItemError implements RowError {
  @Field(() => String, { description: describeCodes('Stable code to act on', rowErrorCodes) })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The input field, as `price` or `nutrition.fat`; null when the whole row is meant.',
  })
  field!: string | null;

  @Field(() => String, { description: 'What is wrong and what to do, for people.' })
  message!: string;
}

@ObjectType({ description: 'What became of one row.' })
export class SyncItemResult implements RowAnswer {
  @Field(() => Int, { description: 'The row’s place in `items`, from 0.' })
  index!: number;

  @Field(() => String, {
    nullable: true,
    description: 'SKU of the goods that the row is about; null where that is not known, and for rows about no goods.',
  })
  sku!: string | null;

  @Field(() => SyncOutcome, { description: 'What became of it.' })
  outcome!: SyncOutcomeName;

  @Field(() => [SyncItemError], {
    description:
      'What is wrong with it, all at once; empty unless REJECTED, or unless the goods were applied and something of theirs is missing: their stock was not applied (NOT_APPLIED), or they name a picture that was not sent yet (UNKNOWN_IMAGE).',
  })
  errors!: RowError[];
}

@ObjectType({ description: 'The answer to a batch.' })
export class SyncPayload implements SyncAnswer {
  @Field(() => SyncRun, { description: 'The run that the batch belongs to; one of its own where it named none.' })
  run!: SyncRunEntity;

  @Field(() => Boolean, {
    description: 'Whether the same call came before: this is the first answer again, and nothing was written.',
  })
  replayed!: boolean;

  @Field(() => [SyncItemResult], { description: 'What became of each row, in the order of `items`.' })
  results!: RowAnswer[];

  @Field(() => [UserError], { description: syncError.description })
  userErrors!: UserError[];
}

import { connectionOf } from '@gastronom/shared/connection.type';
import { Json } from '@gastronom/shared/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { RowError } from '../row/row-error.ts';
import type { RejectedRowEntity } from './rejected-row.entity.ts';
import { SyncItemError } from './sync-payload.type.ts';

@ObjectType({ description: 'A row of a sync that was not taken.' })
export class SyncRejectedRow implements Omit<RejectedRowEntity, 'runId'> {
  @Field(() => ID, { description: 'Id of this record.' })
  id!: string;

  @Field(() => ID, { description: 'The call in which it came: rows of one call have the same.' })
  batchId!: string;

  @Field(() => Int, { description: 'Its place in the call’s `items`, from 0.' })
  index!: number;

  @Field(() => Json, { description: 'The row as it came.' })
  row!: unknown;

  @Field(() => [SyncItemError], { description: 'What is wrong with it.' })
  errors!: RowError[];
}

@ObjectType({ description: 'A page of rejected rows, in the order in which they came.' })
export class SyncRejectedRowConnection extends connectionOf(SyncRejectedRow, 'SyncRejectedRow') {
  @Field(() => Int, { description: 'How many rows of the run were rejected. Counted only when asked for.' })
  totalCount?: number;
}

import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { SyncModeName, SyncRunEntity, SyncRunStatusName } from './sync-run.entity.ts';

export enum SyncMode {
  DELTA = 'DELTA',
  SNAPSHOT = 'SNAPSHOT',
}
registerEnumType(SyncMode, {
  name: 'SyncMode',
  description: 'What it means that a run does not mention goods.',
  valuesConfig: {
    DELTA: { description: 'Nothing: the run tells only what changed.' },
    SNAPSHOT: {
      description:
        'That they are gone: the end of the run hides goods, and sets stock to zero, that came from its source before and were not mentioned. Goods only if it brought goods, stock only in warehouses of which it brought stock.',
    },
  },
});

export enum SyncRunStatus {
  RUNNING = 'RUNNING',
  HELD = 'HELD',
  FINISHED = 'FINISHED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(SyncRunStatus, {
  name: 'SyncRunStatus',
  description: 'Where a sync run stands.',
  valuesConfig: {
    RUNNING: { description: 'It takes batches.' },
    HELD: {
      description: 'A snapshot that would hide or zero too much at once: it waits for `approveSync` or `cancelSync`.',
    },
    FINISHED: { description: 'All that it brought is applied.' },
    FAILED: {
      description:
        'It ended with batches that were not applied as a whole. The same calls again heal it: then it is FINISHED.',
    },
    CANCELLED: { description: 'It was broken off. What its batches changed stays; nothing was hidden or zeroed.' },
  },
});

@ObjectType({
  description: 'How many rows of a run came to what. Summed over its batches; a call sent twice counts once.',
})
export class SyncCounts {
  @Field(() => Int, { description: 'Rows that were sent.' })
  received!: number;

  @Field(() => Int, { description: 'Rows that made something new.' })
  created!: number;

  @Field(() => Int, { description: 'Rows that changed something.' })
  updated!: number;

  @Field(() => Int, { description: 'Rows that said what was known: nothing was written.' })
  unchanged!: number;

  @Field(() => Int, { description: 'Rows observed earlier than what is stored: they were skipped.' })
  stale!: number;

  @Field(() => Int, { description: 'Stock of goods that the catalogue does not know yet: it waits for them.' })
  parked!: number;

  @Field(() => Int, { description: 'Rows that were not taken: see `rejectedRows`.' })
  rejected!: number;

  @Field(() => Int, {
    description: 'Goods that the end of a snapshot hid. While the run is HELD: that it would hide.',
  })
  hidden!: number;

  @Field(() => Int, {
    description: 'Stock rows that the end of a snapshot set to zero. While the run is HELD: that it would.',
  })
  zeroed!: number;
}

@ObjectType({ description: 'Batches of one source that belong together, or one call that named no run.' })
export class SyncRun
  implements
    Pick<SyncRunEntity, 'id' | 'source' | 'mode' | 'status' | 'warehouse' | 'heldBecause' | 'startedAt' | 'finishedAt'>
{
  @Field(() => ID, { description: 'Id of the run (UUID), to be sent as `runId` with its batches.' })
  id!: string;

  @Field(() => String, { description: 'The feed that it came from, as `1c-main`.' })
  source!: string;

  @Field(() => SyncMode, { description: 'What it means that the run does not mention goods.' })
  mode!: SyncModeName;

  @Field(() => SyncRunStatus, { description: 'Where it stands.' })
  status!: SyncRunStatusName;

  @Field(() => String, {
    nullable: true,
    description: '1C’s id of the warehouse that serves where a batch names none; null for the default one.',
  })
  warehouse!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why the run was held: what it would hide or set to zero, and the share that passes without an admin. Null if it was not.',
  })
  heldBecause!: string | null;

  @Field(() => DateTime, { description: 'When it began.' })
  startedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null while it takes batches or is held.' })
  finishedAt!: Date | null;
}

@ObjectType({ description: 'A page of sync runs, newest first.' })
export class SyncRunConnection extends connectionOf(SyncRun, 'SyncRun') {
  @Field(() => Int, { description: 'How many runs match. Counted only when asked for.' })
  totalCount?: number;
}

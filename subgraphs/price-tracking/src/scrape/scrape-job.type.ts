import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { failureCodes, scrapeError } from './scrape.errors.ts';
import type { ScrapeJobEntity, ScrapeStatusName } from './scrape-job.entity.ts';

export enum ScrapeStatus {
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  FAILED = 'FAILED',
}
registerEnumType(ScrapeStatus, {
  name: 'ScrapeStatus',
  description: 'How far reading a list has come.',
  valuesConfig: {
    QUEUED: { description: 'It waits for its turn.' },
    RUNNING: { description: 'Its pages are being read.' },
    DONE: { description: 'All that was to be read was read.' },
    FAILED: { description: 'It ended before: `error` says why. What it found until then is kept.' },
  },
});

@ObjectType({ description: 'Why a list was not read to its end. What was found until then is kept.' })
export class ScrapeFailure {
  @Field(() => String, { description: failureCodes })
  code!: string;

  @Field(() => String, { description: 'The same in a sentence.' })
  message!: string;
}

@ObjectType({ description: 'Reading a list of things for sale, to watch what it lists. Its owner alone sees it.' })
export class ScrapeJob implements Omit<ScrapeJobEntity, 'ownerId' | 'nextUrl' | 'movedAt' | 'errorCode' | 'error'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'The first page of the list.' })
  url!: string;

  @Field(() => Int, { description: 'How many pages are read at most.' })
  pages!: number;

  @Field(() => ScrapeStatus, { description: 'How far it has come.' })
  status!: ScrapeStatusName;

  @Field(() => Int, { description: 'How many pages have been read.' })
  pagesRead!: number;

  @Field(() => Int, { description: 'How many things for sale they listed.' })
  itemsFound!: number;

  @Field(() => Int, { description: 'How many of these are watched since.' })
  itemsCreated!: number;

  @Field(() => Int, { description: 'How many were watched before, and are brought up to date.' })
  itemsUpdated!: number;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When its first page was asked for.' })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ended.' })
  finishedAt!: Date | null;
}

@ObjectType({ description: 'A page of lists that were read, the newest first.' })
export class ScrapeJobConnection extends connectionOf(ScrapeJob, 'ScrapeJob') {
  @Field(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'What became of a list that was to be read.' })
export class ScrapePayload {
  @Field(() => ScrapeJob, { nullable: true, description: 'The job that reads it; null when it was refused.' })
  job!: ScrapeJobEntity | null;

  @Field(() => Boolean, { description: 'False with a job: the list is being read already.' })
  isNew!: boolean;

  @Field(() => [UserError], { description: scrapeError.description })
  userErrors!: readonly UserError[];
}

import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { ExchangeFileEntity, ExchangeFileStateName } from './exchange-file.entity.ts';
import type { ExchangeSessionEntity } from './exchange-session.entity.ts';

export enum OneCExchangeFileState {
  RECEIVED = 'RECEIVED',
  QUEUED = 'QUEUED',
  IMPORTING = 'IMPORTING',
  IMPORTED = 'IMPORTED',
  FAILED = 'FAILED',
}
registerEnumType(OneCExchangeFileState, {
  name: 'OneCExchangeFileState',
  description: 'Where a file stands that 1C brought.',
  valuesConfig: {
    RECEIVED: { description: 'It has come, or still comes; nobody has asked for its import.' },
    QUEUED: { description: 'Its import was asked for and waits for a worker.' },
    IMPORTING: { description: 'A worker is at it.' },
    IMPORTED: { description: 'It is done: goods are applied, a picture is kept, an archive is unpacked.' },
    FAILED: { description: 'It cannot be used: see `failure`.' },
  },
});

@ObjectType({ description: 'A file that 1C brought in an exchange, by itself or in an archive.' })
export class OneCExchangeFile implements Pick<ExchangeFileEntity, 'id' | 'name' | 'state' | 'rowsDone'> {
  @Field(() => ID, { description: 'Id of this record.' })
  id!: string;

  @Field(() => String, { description: 'The name that 1C gave it, as `import.xml` or `import_files/ab/cd.jpg`.' })
  name!: string;

  @Field(() => OneCExchangeFileState, { description: 'Where it stands.' })
  state!: ExchangeFileStateName;

  @Field(() => Int, {
    description: 'Rows that its import has sent so far: of goods, prices, counts, groups, warehouses.',
  })
  rowsDone!: number;

  @Field(() => String, { nullable: true, description: 'Why it could not be used, as 1C was told; null if it could.' })
  failure!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What else 1C was told of it, a sentence a line: a snapshot that waits for an admin, rejected rows.',
  })
  note!: string | null;

  @Field(() => DateTime, { description: 'When its first piece came.' })
  receivedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When 1C first asked for its import: what it says counts as seen then. Null before.',
  })
  requestedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When its import ended; null before.' })
  finishedAt!: Date | null;
}

@ObjectType({ description: 'One log-in of 1C by its own exchange with sites (CommerceML), and all that it brought.' })
export class OneCExchange implements Pick<ExchangeSessionEntity, 'id' | 'startedAt' | 'lastSeenAt' | 'expiresAt'> {
  @Field(() => ID, { description: 'Id of the session (UUID). It is not the secret that 1C carries.' })
  id!: string;

  @Field(() => DateTime, { description: 'When 1C logged in.' })
  startedAt!: Date;

  @Field(() => DateTime, { description: 'When it was last heard of.' })
  lastSeenAt!: Date;

  @Field(() => DateTime, { description: 'When it ends, unless it is heard of before. Its files are thrown away then.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'A page of exchanges, newest first.' })
export class OneCExchangeConnection extends connectionOf(OneCExchange, 'OneCExchange') {
  @Field(() => Int, { description: 'How many there are. Counted only when asked for.' })
  totalCount?: number;
}

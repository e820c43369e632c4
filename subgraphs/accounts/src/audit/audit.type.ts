import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime, Json } from '@gastronom/shared/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { AuditEntryEntity } from './audit-entry.entity.ts';

export enum AuditActorKind {
  USER = 'USER',
  KEY = 'KEY',
  INTERNAL = 'INTERNAL',
  ANONYMOUS = 'ANONYMOUS',
}
registerEnumType(AuditActorKind, {
  name: 'AuditActorKind',
  description: 'What did an act.',
  valuesConfig: {
    USER: { description: 'A signed-in person.' },
    KEY: { description: 'A machine with an API key.' },
    INTERNAL: { description: 'A part of the product itself, as a nightly job.' },
    ANONYMOUS: { description: 'Somebody who did not sign in.' },
  },
});

/** How the log names who did something, taken apart. */
export interface ActorName {
  readonly kind: AuditActorKind;
  readonly id: string | null;
}

@ObjectType({ description: 'Who did an act. People and keys that are gone keep their ids here.' })
export class AuditActor implements ActorName {
  @Field(() => AuditActorKind, { description: 'What it is.' })
  kind!: AuditActorKind;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the person or of the key, or the name of the part of the product; null for ANONYMOUS.',
  })
  id!: string | null;
}

@ObjectType({ description: 'What an act was done to.' })
export class AuditSubject {
  @Field(() => String, { description: 'Its type, as `Product`.' })
  type!: string;

  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}

type Shown = Exclude<keyof AuditEntryEntity, 'actor' | 'subjectType' | 'subjectId' | 'previousHash' | 'hash'>;

@ObjectType({ description: 'A sensitive act. Nobody changes or removes it, and that anybody did would show.' })
export class AuditEntry implements Pick<AuditEntryEntity, Shown> {
  @Field(() => ID, { description: 'Id of the act (UUID).' })
  id!: string;

  @Field(() => Int, { description: 'Its place in the log: from 1, without gaps.' })
  seq!: number;

  @Field(() => DateTime, { description: 'When it was done.' })
  occurredAt!: Date;

  @Field(() => DateTime, { description: 'When it was written down, as a rule within a second.' })
  recordedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Address that the request came from; null for the product’s own jobs.',
  })
  ip!: string | null;

  @Field(() => String, { nullable: true, description: 'What the client calls itself: its first 500 characters.' })
  userAgent!: string | null;

  @Field(() => String, { description: 'Id of the request, by which our logs find it.' })
  requestId!: string;

  @Field(() => String, { description: 'What was done: noun and verb, as `buffer.set`.' })
  action!: string;

  @Field(() => Json, { nullable: true, description: 'The values that changed, as they were; null where nothing was.' })
  before!: Record<string, unknown> | null;

  @Field(() => Json, { nullable: true, description: 'The same values, as they are since; null where nothing is left.' })
  after!: Record<string, unknown> | null;
}

@ObjectType({ description: 'A page of the audit log, newest first.' })
export class AuditEntryConnection extends connectionOf(AuditEntry, 'AuditEntry') {}

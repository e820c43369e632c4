import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeIdCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { DomainError } from '@gastronom/shared/domain-error';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import type { ServiceKeyEntity } from '../service-key/service-key.entity.ts';
import { ServiceKey } from '../service-key/service-key.type.ts';
import type { UserEntity } from '../user/user.entity.ts';
import { User } from '../user/user.type.ts';
import { AuditLogFilter } from './audit.inputs.ts';
import { AuditRepository } from './audit.repository.ts';
import {
  type ActorName,
  AuditActor,
  AuditActorKind,
  AuditEntry,
  AuditEntryConnection,
  AuditSubject,
} from './audit.type.ts';
import type { AuditEntryEntity } from './audit-entry.entity.ts';

const kinds: Readonly<Record<string, AuditActorKind>> = {
  user: AuditActorKind.USER,
  key: AuditActorKind.KEY,
  internal: AuditActorKind.INTERNAL,
};

/** Takes apart what `actorOf` put together. */
function actorName(actor: string): ActorName {
  const colon = actor.indexOf(':');
  const kind = kinds[actor.slice(0, Math.max(colon, 0))];
  return kind ? { kind, id: actor.slice(colon + 1) } : { kind: AuditActorKind.ANONYMOUS, id: null };
}

interface AuditList extends Connection<AuditEntryEntity> {
  readonly filter: AuditLogFilter;
}

@Resolver(() => AuditEntry)
export class AuditEntryResolver {
  @Query(() => AuditEntry, { nullable: true, description: 'One entry by its place in the log. For admins.' })
  auditEntry(
    @Ctx() { manager }: AccountsContext,
    @Arg('seq', () => Int, { description: 'Its place, from 1.' }) seq: number,
  ): Promise<AuditEntryEntity | null> {
    return new AuditRepository(manager).findBySeq(seq);
  }

  @FieldResolver(() => AuditActor, { description: 'Who did it.' })
  actor(@Root() { actor }: AuditEntryEntity): ActorName {
    return actorName(actor);
  }

  @FieldResolver(() => AuditSubject, { description: 'What it was done to.' })
  subject(@Root() { subjectType, subjectId }: AuditEntryEntity): AuditSubject {
    return { type: subjectType, id: subjectId };
  }

  @FieldResolver(() => String, {
    description: 'SHA-256 of `hashedText`, hex: of the whole entry and the hash of the one before.',
  })
  hash(@Root() { hash }: AuditEntryEntity): string {
    return hash.toString('hex');
  }

  @FieldResolver(() => String, { description: '`hash` of the entry before, hex; zeros where there is none.' })
  previousHash(@Root() { previousHash }: AuditEntryEntity): string {
    return previousHash.toString('hex');
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What is hashed: a JSON array of previousHash, seq, id, occurredAt, recordedAt, actor, ip, userAgent, requestId, action, the subject’s type and id, before and after. With it anybody can check the log by themselves.',
  })
  hashedText(@Ctx() { loaders }: AccountsContext, @Root() { seq }: AuditEntryEntity): Promise<string | null> {
    return loaders.auditTexts.load(seq);
  }
}

@Resolver(() => AuditActor)
export class AuditActorResolver {
  @FieldResolver(() => User, { nullable: true, description: 'The person; null for others, and for one who is gone.' })
  async user(@Ctx() { loaders }: AccountsContext, @Root() { kind, id }: ActorName): Promise<UserEntity | null> {
    return kind === AuditActorKind.USER && id ? loaders.users.load(id) : null;
  }

  @FieldResolver(() => ServiceKey, {
    nullable: true,
    description: 'The key; null for others, and for one that is gone.',
  })
  async serviceKey(
    @Ctx() { loaders }: AccountsContext,
    @Root() { kind, id }: ActorName,
  ): Promise<ServiceKeyEntity | null> {
    return kind === AuditActorKind.KEY && id ? loaders.serviceKeys.load(id) : null;
  }
}

@Resolver(() => AuditEntryConnection)
export class AuditLogResolver {
  @Query(() => AuditEntryConnection, {
    description: 'Sensitive acts, newest first. A filter with a NUL: BAD_USER_INPUT. For admins.',
  })
  async auditLog(
    @Ctx() { manager }: AccountsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('filter', () => AuditLogFilter, { nullable: true, description: 'Which entries; all by default.' })
    filter?: AuditLogFilter | null,
  ): Promise<AuditList> {
    if (Object.values(filter ?? {}).some((value) => typeof value === 'string' && value.includes('\0')))
      throw new DomainError('BAD_USER_INPUT', 'A filter holds no NUL: no entry has one.');
    const size = pageSize(first);
    const sort = sortOf(filter ?? {});
    const rows = await new AuditRepository(manager).list(filter ?? {}, size + 1, decodeIdCursor(after, sort));
    const cursorOf = ({ seq }: AuditEntryEntity) => encodeCursor(sort, [String(seq)]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), filter: filter ?? {} };
  }

  @FieldResolver(() => Int, { description: 'How many entries match. Counted only when asked for.' })
  totalCount(@Ctx() { manager }: AccountsContext, @Root() { filter }: AuditList): Promise<number> {
    return new AuditRepository(manager).count(filter);
  }
}

/** A cursor goes with the filter that it came of. */
function sortOf({ actor, action, subjectType, subjectId, ip, from, to }: AuditLogFilter): string {
  const said = [actor, action, subjectType, subjectId, ip, from?.toISOString(), to?.toISOString()];
  return `audit-log:${said.some((value) => value != null) ? JSON.stringify(said) : ''}`;
}

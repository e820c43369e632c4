import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Args, Ctx, FieldResolver, Float, Int, Query, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../context.ts';
import type { SyncRunEntity } from '../sync/sync-run.entity.ts';
import { SyncRun } from '../sync/sync-run.type.ts';
import { OneCExchange, OneCExchangeConnection, OneCExchangeFile } from './exchange.type.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';
import type { ExchangeSessionEntity } from './exchange-session.entity.ts';
import { ExchangeSessionRepository } from './exchange-session.repository.ts';

const sort = 'one-c-exchanges';

@Resolver(() => OneCExchange)
export class ExchangeResolver {
  @Query(() => OneCExchangeConnection, {
    description:
      'Exchanges by which 1C itself brought goods, prices and counts (CommerceML), newest first. For admins.',
  })
  async oneCExchanges(
    @Ctx() { manager }: IntegrationsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<Connection<ExchangeSessionEntity>> {
    const size = pageSize(first);
    const place = decodeMomentCursor(after, sort);
    const rows = await new ExchangeSessionRepository(manager).list(size + 1, place);
    const cursorOf = (session: ExchangeSessionEntity) =>
      encodeCursor(sort, [session.startedAt.toISOString(), session.id]);
    return toConnection(toPage(rows, size), cursorOf, after);
  }

  @FieldResolver(() => [OneCExchangeFile], {
    description: 'What it brought, in the order in which it came; the first 1,000 files.',
  })
  files(@Ctx() context: IntegrationsContext, @Root() { id }: ExchangeSessionEntity): Promise<ExchangeFileEntity[]> {
    return context.exchangeLoaders.files.load(id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why the first of its files that failed could not be used; null if none failed.',
  })
  async failure(@Ctx() context: IntegrationsContext, @Root() { id }: ExchangeSessionEntity): Promise<string | null> {
    const files = await context.exchangeLoaders.files.load(id);
    return files.find(({ failure }) => failure !== null)?.failure ?? null;
  }

  @FieldResolver(() => [SyncRun], {
    description: 'The sync runs in which its files were applied, in their order: goods, then prices, then counts.',
  })
  runs(@Ctx() context: IntegrationsContext, @Root() { id }: ExchangeSessionEntity): Promise<SyncRunEntity[]> {
    return context.exchangeLoaders.runs.load(id);
  }
}

@Resolver(() => OneCExchangeFile)
export class ExchangeFileResolver {
  @FieldResolver(() => Float, { description: 'Its size in bytes, as far as it has come.' })
  bytes(@Root() { bytes }: ExchangeFileEntity): number {
    return Number(bytes);
  }
}

@Resolver(() => OneCExchangeConnection)
export class ExchangeListResolver {
  @FieldResolver(() => Int, { description: 'How many there are. Counted only when asked for.' })
  totalCount(@Ctx() { manager }: IntegrationsContext): Promise<number> {
    return new ExchangeSessionRepository(manager).count();
  }
}

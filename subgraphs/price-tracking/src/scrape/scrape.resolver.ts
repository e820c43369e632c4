import { ChangesNothingShared } from '@gastronom/shared/answer-tag.directive';
import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { ownerOf, ownsRow } from '../ownership.ts';
import { ScrapeService } from './scrape.service.ts';
import type { ScrapeJobEntity, ScrapeStatusName } from './scrape-job.entity.ts';
import { ScrapeJobRepository, type ScrapeSearch } from './scrape-job.repository.ts';
import { ScrapeFailure, ScrapeJob, ScrapeJobConnection, ScrapePayload, ScrapeStatus } from './scrape-job.type.ts';

type JobPage = Connection<ScrapeJobEntity> & { readonly search: ScrapeSearch };

@Resolver(() => ScrapeJobConnection)
export class ScrapeResolver {
  @Query(() => ScrapeJob, {
    nullable: true,
    description: 'A list that is or was read; null where it is not one’s own.',
  })
  async scrapeJob(
    @Ctx() { manager, viewer }: PriceTrackingContext,
    @Arg('id', () => ID, { description: 'The job (UUID).' }) id: string,
  ): Promise<ScrapeJobEntity | null> {
    const [job] = isUUID(id) ? await new ScrapeJobRepository(manager).byIds([id]) : [];
    return job && ownsRow(viewer, job) ? job : null;
  }

  @Query(() => ScrapeJobConnection, { description: 'Lists that one has had read, the newest first.' })
  async scrapeJobs(
    @Ctx() { manager, viewer }: PriceTrackingContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('status', () => ScrapeStatus, { nullable: true, description: 'Only those that have come so far.' })
    status?: ScrapeStatusName | null,
  ): Promise<JobPage> {
    const size = pageSize(first);
    const search = { ownerId: ownerOf(viewer), status: status ?? null };
    const sort = `scrape-jobs:${status ?? ''}`;
    const rows = await new ScrapeJobRepository(manager).list(search, size + 1, decodeMomentCursor(after, sort));
    const cursorOf = ({ createdAt, id }: ScrapeJobEntity) => encodeCursor(sort, [createdAt.toISOString(), id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), search };
  }

  @FieldResolver(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount(@Root() { search }: JobPage, @Ctx() { manager }: PriceTrackingContext): Promise<number> {
    return new ScrapeJobRepository(manager).count(search);
  }

  @ChangesNothingShared()
  @Mutation(() => ScrapePayload, {
    description:
      'Has a page of things for sale read, and the pages on which its list goes on: of Mercari, Depop, or any shop that says what it lists as JSON-LD or microdata. What is found is watched from then on; what is found again is brought up to date. A list that is being read already is answered as it is.',
  })
  scrape(
    @Ctx() context: PriceTrackingContext,
    @Arg('url', () => String, { description: 'Address of the list: http or https, at most 2,000 characters.' })
    url: string,
    @Arg('pages', () => Int, { defaultValue: 1, description: 'How many of its pages are read at most: 1 to 20.' })
    pages: number,
  ): Promise<ScrapePayload> {
    return new ScrapeService(context).start(url, pages);
  }
}

@Resolver(() => ScrapeJob)
export class ScrapeJobResolver {
  @FieldResolver(() => ScrapeFailure, { nullable: true, description: 'Why it failed; null where it did not.' })
  error(@Root() { errorCode, error }: ScrapeJobEntity): ScrapeFailure | null {
    return errorCode === null || error === null ? null : { code: errorCode, message: error };
  }
}

import { inTransaction } from '@gastronom/shared/database/transaction';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { PriceTrackingContext } from '../context.ts';
import { ownerOf } from '../ownership.ts';
import { readAddress } from '../tracked-url/read-address.ts';
import { scrapeError } from './scrape.errors.ts';
import type { ScrapeJobEntity } from './scrape-job.entity.ts';
import { type NewScrapeJob, ScrapeJobRepository } from './scrape-job.repository.ts';
import { lostMs, scrapeListingsJob } from './scrape-listings.definition.ts';

export const mostPages = 20;
/** Of one owner, at a time. */
const mostOpen = 10;
interface ScrapeAnswer {
  readonly job: ScrapeJobEntity | null;
  readonly isNew: boolean;
  readonly userErrors: readonly UserError[];
}

const refused = (error: UserError): ScrapeAnswer => ({ job: null, isNew: false, userErrors: [error] });

export class ScrapeService {
  readonly #context: PriceTrackingContext;

  constructor(context: PriceTrackingContext) {
    this.#context = context;
  }

  /** Has a list read; one that is being read already is answered as it is. */
  start(text: string, pages: number): Promise<ScrapeAnswer> {
    const ownerId = ownerOf(this.#context.viewer);
    const address = readAddress(this.#context, text);
    if ('reason' in address) return Promise.resolve(refused(scrapeError(address.reason, ['url'], address.message)));
    if (pages < 1 || pages > mostPages)
      return Promise.resolve(refused(scrapeError('OUT_OF_RANGE', ['pages'], `It reads 1 to ${mostPages} pages.`)));
    return inTransaction(this.#context.manager, (manager) =>
      this.#queue(manager, { ownerId, url: address.url, pages }),
    );
  }

  async #queue(manager: EntityManager, wanted: NewScrapeJob): Promise<ScrapeAnswer> {
    const { clock, jobs } = this.#context;
    const now = clock();
    const repository = new ScrapeJobRepository(manager);
    await repository.giveUp(wanted.ownerId, new Date(now - lostMs), new Date(now));
    const open = await repository.findOpen(wanted.ownerId, wanted.url);
    if (open) return { job: open, isNew: false, userErrors: [] };
    if ((await repository.countOpen(wanted.ownerId)) >= mostOpen)
      return refused(scrapeError('TOO_MANY', ['url'], `At most ${mostOpen} lists are read at a time.`));
    const job = await repository.insert(wanted, new Date(now));
    // Somebody else began it meanwhile.
    if (!job) return { job: await repository.findOpen(wanted.ownerId, wanted.url), isNew: false, userErrors: [] };
    await jobs.send(manager, scrapeListingsJob, { scrapeJobId: job.id });
    return { job, isNew: true, userErrors: [] };
  }
}

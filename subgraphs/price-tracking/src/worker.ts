import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { createSuggestCatalogueLinks } from './catalogue-link/suggest-catalogue-links.job.ts';
import { createForgetUrlChecks } from './check/forget-url-checks.job.ts';
import { createForgetHostTurns } from './fetching/turn/forget-host-turns.job.ts';
import { createForgetWatcher } from './owner/forget-watcher.job.ts';
import { createWelcomeOwner } from './owner/welcome-owner.job.ts';
import { createTellLiveMarket } from './product/tell-live-market.job.ts';
import { createRefreshUrls } from './refresh/refresh-urls.job.ts';
import { createScrapeListings } from './scrape/scrape-listings.job.ts';
import { createTidyScrapeJobs } from './scrape/tidy-scrape-jobs.job.ts';

type MakeJob = (environment: SubgraphEnvironment) => JobImplementation;

/** The jobs of this subgraph. */
const jobs: readonly MakeJob[] = [
  createRefreshUrls,
  createForgetUrlChecks,
  createTellLiveMarket,
  createSuggestCatalogueLinks,
  createForgetHostTurns,
  createForgetWatcher,
  createScrapeListings,
  createTidyScrapeJobs,
  createWelcomeOwner,
];

export const createPriceTrackingWorker = (environment: SubgraphEnvironment): readonly JobImplementation[] =>
  jobs.map((make) => make(environment));

import { addressRule } from '@gastronom/shared/http/address-guard';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { pageReader } from '../reading/page-reader.ts';
import type { PageFetcher } from './fetched-page.ts';
import type { FetchingSettings } from './fetching-settings.ts';
import { reallySleep } from './fetching-tools.ts';
import { createPageFetcher } from './page-fetcher.ts';
import { HostTurnRepository } from './turn/host-turn.repository.ts';

const fetchers = new WeakMap<SubgraphEnvironment, PageFetcher[]>();

/** The fetcher of an environment, with turns that all its processes share. It ends with the environment. */
export function createEnvironmentFetcher(
  environment: SubgraphEnvironment,
  settings: FetchingSettings,
  clock: () => number,
): PageFetcher {
  const fetcher = createPageFetcher({
    settings,
    allowed: addressRule(settings),
    turns: new HostTurnRepository(environment.dataSource.manager),
    logger: environment.logger,
    clock,
    sleep: reallySleep,
    random: Math.random,
    taker: pageReader,
  });
  fetchers.set(environment, [...(fetchers.get(environment) ?? []), fetcher]);
  return fetcher;
}

/** Ends all fetchers of an environment: what is under way rejects. */
export async function closeFetchers(environment: SubgraphEnvironment): Promise<void> {
  await Promise.all((fetchers.get(environment) ?? []).map((fetcher) => fetcher.close()));
  fetchers.delete(environment);
}

import { implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { CatalogueLinkService } from './catalogue-link.service.ts';
import { suggestLinkJob } from './suggest-catalogue-links.definition.ts';

export const createSuggestCatalogueLinks = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(suggestLinkJob, ({ id, payload: { productIds }, signal }) =>
    new CatalogueLinkService(internalContext(environment, id)).suggest(productIds ?? null, signal),
  );

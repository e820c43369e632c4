import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { EntityManager } from 'typeorm';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { tellMarket } from './tell-live-market.job.ts';

/** The market price of the goods that products are, or were, may be another with the commit; null for no product. */
export const tellMarketOf = (
  jobs: JobQueue,
  manager: EntityManager,
  ...products: readonly (Pick<TrackedProductEntity, 'catalogueSku' | 'countsForMarket'> | null)[]
): Promise<void> =>
  tellMarket(
    jobs,
    manager,
    products.flatMap((product) =>
      product?.countsForMarket && product.catalogueSku !== null ? [product.catalogueSku] : [],
    ),
  );

import { inTransaction } from '@gastronom/shared/database/transaction';
import type { EntityManager } from 'typeorm';
import { CatalogClient } from '../catalog/catalog.client.ts';
import type { InventoryContext } from '../context.ts';
import type { StockGood } from '../product/stock-summary.sql.ts';
import { announceAllAvailabilityJob } from './announce-availability.ts';
import { AvailabilityRepository, type AvailabilityRow } from './availability.repository.ts';
import { type AvailabilityChange, availabilityChanged } from './availability-changed.event.ts';
import { statusOf } from './availability-status.ts';

/** As many goods as one message tells of. */
const goodsPerMessage = 1_000;

/** Tells the world, once, of each change of what can be ordered. */
export class AvailabilityService {
  readonly #context: InventoryContext;
  readonly #catalog: CatalogClient;

  constructor(context: InventoryContext) {
    this.#context = context;
    this.#catalog = new CatalogClient(context);
  }

  async announce(skus: Iterable<string>): Promise<void> {
    const sorted = [...new Set(skus)].toSorted();
    for (let start = 0; start < sorted.length; start += goodsPerMessage) {
      const some = sorted.slice(start, start + goodsPerMessage);
      await this.#whileOthersWait(async (manager) => {
        const known = await this.#catalog.goodsForStock(some);
        await this.#announceGoods(manager, known, some);
      });
    }
  }

  /** Announces a page of what is for sale, from behind the SKU given, and enqueues the next. */
  async announcePage(after: string | null): Promise<void> {
    await this.#whileOthersWait(async (manager) => {
      const goods = await this.#catalog.listGoods(goodsPerMessage, after);
      await this.#announceGoods(manager, goods);
      const last = goods.at(-1);
      if (last && goods.length === goodsPerMessage)
        await this.#context.jobs.send(manager, announceAllAvailabilityJob, { after: last.sku });
    });
  }

  /** The catalogue is asked under the lock too: what it said before may be wrong by the time of the announcement. */
  #whileOthersWait(work: (manager: EntityManager) => Promise<void>): Promise<void> {
    return inTransaction(this.#context.manager, async (manager) => {
      await new AvailabilityRepository(manager).lock();
      await work(manager);
    });
  }

  /** @param wanted SKUs that were asked for: of one that the catalogue does not know (any longer), nothing is for sale. */
  async #announceGoods(manager: EntityManager, known: readonly StockGood[], wanted: readonly string[] = []) {
    const { settings, jobs, clock } = this.#context;
    const knownSkus = new Set(known.map(({ sku }) => sku));
    const unknown = wanted.filter((sku) => !knownSkus.has(sku));
    const goods = [...known, ...unknown.map((sku) => ({ sku, isAvailable: false, categoryPath: [] }))];
    const availabilities = new AvailabilityRepository(manager);
    const rows = await availabilities.list(goods, settings.bufferDefault);
    const changes = rows
      // Until a good is known and was counted, there is nothing to tell of it.
      .filter(({ sku, isCounted, announced }) => announced !== null || (isCounted && knownSkus.has(sku)))
      .map((row) => changeOf(row, settings.lowThreshold))
      .filter((change) => change !== null);
    if (changes.length === 0) return;
    await availabilities.upsertAnnounced(changes, new Date(clock()));
    await jobs.publish(manager, availabilityChanged, { changes });
  }
}

function changeOf(
  { sku, availableOnline, announced }: AvailabilityRow,
  lowThreshold: number,
): AvailabilityChange | null {
  const after = { status: statusOf(availableOnline, lowThreshold), availableOnline };
  const isSame = announced?.status === after.status && announced.availableOnline === after.availableOnline;
  return isSame ? null : { sku, before: announced, after };
}

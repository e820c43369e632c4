import { randomUUID } from 'node:crypto';
import type { Notices } from '@gastronom/commerceml/notices';
import { openPriceList, type PriceList, type PriceListFormat } from '@gastronom/pricelist/open-price-list';
import type { PriceListRow } from '@gastronom/pricelist/price-list-row';
import { asUsage } from '../reader/as-usage.ts';
import { scanFile } from '../reader/scan-file.ts';
import type { Progress } from '../sync/progress.ts';
import { RejectsFile } from '../sync/rejects-file.ts';
import { type OfferOutcome, type OfferResult, type OffersGraph, offerOutcomes, type Seller } from './offers-graph.ts';

export interface OffersRequest {
  paths: readonly string[];
  supplier: string | undefined;
  format: PriceListFormat | undefined;
  encoding: string | undefined;
  observedAt: string | undefined;
  dryRun: boolean;
  batchSize: number;
  rejectsPath: string;
}

export interface OffersTools {
  graph: OffersGraph;
  notices: Notices;
  showProgress(totalBytes: number): Progress;
}

export type OfferCounts = Record<OfferOutcome, number>;

/** What became of the rows, all accounted for. */
export interface OffersReport {
  supplier: Seller;
  dryRun: boolean;
  counts: OfferCounts;
  rejectsFile: string | null;
  seconds: number;
}

const noCounts = (): OfferCounts => Object.fromEntries(offerOutcomes.map((outcome) => [outcome, 0])) as OfferCounts;

/** A row that the payload passes over is no success. */
const unanswered: Omit<OfferResult, 'index'> = {
  outcome: 'REJECTED',
  errors: [{ code: 'NOT_ANSWERED', field: null, message: 'the server gave no result for this row' }],
};

/**
 * Sends rows batch by batch, one at a time: a supplier's batches wait for each other anyway. Each goes under a key of its own,
 * so that a call that is repeated is applied once; a run that was cut off is simply made again, and finds most rows UNCHANGED.
 */
class OfferSender {
  readonly counts = noCounts();
  readonly #run = randomUUID();
  #batch: PriceListRow[] = [];
  #number = 0;

  constructor(
    private readonly request: OffersRequest,
    private readonly seller: Seller,
    private readonly rejects: RejectsFile,
    private readonly graph: OffersGraph,
  ) {}

  async add(row: PriceListRow): Promise<void> {
    if (row.errors.length > 0) {
      this.counts.REJECTED += 1;
      this.rejects.append([{ place: row.place, row: row.raw, errors: [...row.errors] }]);
      return;
    }
    this.#batch.push(row);
    if (this.#batch.length >= this.request.batchSize) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#batch;
    this.#batch = [];
    if (rows.length === 0) return;
    this.#number += 1;
    const { observedAt, dryRun } = this.request;
    const results = await this.graph.upsert({
      supplierId: this.seller.id,
      idempotencyKey: `${this.#run}:${this.#number}`,
      observedAt,
      dryRun,
      items: rows.map(({ item }) => item),
    });
    const byIndex = new Map(results.map((result) => [result.index, result]));
    for (const [index, { place, raw }] of rows.entries()) {
      const { outcome, errors } = byIndex.get(index) ?? unanswered;
      this.counts[outcome] += 1;
      if (outcome === 'REJECTED') this.rejects.append([{ place, row: raw, errors }]);
    }
  }

  get rows(): number {
    return offerOutcomes.reduce((sum, outcome) => sum + this.counts[outcome], 0);
  }
}

async function openAll(request: OffersRequest, { timeZone }: Seller, notices: Notices): Promise<PriceList[]> {
  const { format, encoding } = request;
  const lists: PriceList[] = [];
  for (const path of request.paths) {
    const scanned = await scanFile(path);
    lists.push(await asUsage(() => openPriceList(scanned, { timeZone, format, encoding }, notices)));
  }
  return lists;
}

/** Reads price lists and brings what they hold into a supplier's offers. All files are opened before a row is sent. */
export async function sendOffers(request: OffersRequest, tools: OffersTools): Promise<OffersReport> {
  const started = performance.now();
  const supplier = await tools.graph.seller(request.supplier);
  const lists = await openAll(request, supplier, tools.notices);
  const rejects = new RejectsFile(request.rejectsPath);
  const sender = new OfferSender(request, supplier, rejects, tools.graph);
  const progress = tools.showProgress(lists.reduce((sum, { totalBytes }) => sum + totalBytes, 0));
  const bytesRead = () => lists.reduce((sum, list) => sum + list.bytesRead(), 0);
  try {
    for (const list of lists) {
      await asUsage(async () => {
        for await (const row of list.rows()) {
          await sender.add(row);
          progress.update(bytesRead(), sender.rows);
        }
      });
    }
    await sender.flush();
  } finally {
    progress.stop();
  }
  const seconds = Math.round(performance.now() - started) / 1000;
  const rejectsFile = rejects.bytes > 0 ? request.rejectsPath : null;
  return { supplier, dryRun: request.dryRun, counts: sender.counts, rejectsFile, seconds };
}

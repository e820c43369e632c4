import { DomainError } from '@gastronom/shared/domain-error';
import type { SuppliersContext } from '../context.ts';
import { findSeller } from '../offer-upsert/find-seller.ts';
import { mostRows, OfferUpsertService, type UpsertAnswer } from '../offer-upsert/offer-upsert.service.ts';
import type { OfferRowResult } from '../offer-upsert/offer-upsert.type.ts';
import { type PriceListFile, readPriceListFile } from './price-list-file.ts';

export interface OfferImport {
  readonly supplierId: string | null;
  readonly body: Buffer;
  /** As the sender declared it; nothing for a look at the content. */
  readonly encoding: string | undefined;
  readonly idempotencyKey: string | null;
  readonly observedAt: Date | null;
  readonly dryRun: boolean;
}

/** What became of a file, as its sender is told. */
export interface OfferImportAnswer extends Pick<PriceListFile, 'format' | 'notices'> {
  readonly supplierId: string;
  readonly dryRun: boolean;
  readonly replayed: boolean;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly stale: number;
  readonly rejected: number;
  readonly results: readonly OfferRowResult[];
}

/** Brings a price list into a supplier's offers: in batches, each of which is there whole or not at all. */
export class OfferImportService {
  readonly #context: SuppliersContext;

  constructor(context: SuppliersContext) {
    this.#context = context;
  }

  async run(given: OfferImport): Promise<OfferImportAnswer> {
    const supplier = await findSeller(this.#context.manager, this.#context.viewer, given.supplierId);
    if (!supplier)
      throw new DomainError(
        'NOT_FOUND',
        'There is no such supplier, or it is not yours: name one by `?supplier=`, or act for a supplier’s organization.',
      );
    const { timeZone } = supplier;
    const { format, rows, notices } = await readPriceListFile(given.body, { timeZone, encoding: given.encoding });
    const answers = await this.#submit(given, supplier.id, rows);
    const results = answers.flatMap((answer) => answer.results).map((result, index) => ({ ...result, index }));
    const count = (wanted: string) => results.filter(({ outcome }) => outcome === wanted).length;
    return {
      ...{ supplierId: supplier.id, format, dryRun: given.dryRun, replayed: answers.every(({ replayed }) => replayed) },
      ...{ created: count('CREATED'), updated: count('UPDATED'), unchanged: count('UNCHANGED'), stale: count('STALE') },
      ...{ rejected: count('REJECTED'), notices, results },
    };
  }

  async #submit(given: OfferImport, supplierId: string, rows: PriceListFile['rows']): Promise<UpsertAnswer[]> {
    const upsert = new OfferUpsertService(this.#context);
    const { observedAt, dryRun } = given;
    const answers: UpsertAnswer[] = [];
    // At least one, so that a file without rows is answered as well.
    for (let start = 0; start === 0 || start < rows.length; start += mostRows) {
      const idempotencyKey = given.idempotencyKey && `${given.idempotencyKey}:${start / mostRows}`;
      const batch = { supplierId, idempotencyKey, observedAt, dryRun, rows: rows.slice(start, start + mostRows) };
      const answer = await upsert.submit(batch);
      const [refusal] = answer.userErrors;
      if (refusal) throw new DomainError('BAD_REQUEST', refusal.message);
      answers.push(answer);
    }
    return answers;
  }
}

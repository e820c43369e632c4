import { createHash } from 'node:crypto';
import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { SuppliersContext } from '../context.ts';
import { HouseClient } from '../house/house.client.ts';
import type { SupplierEntity } from '../supplier/supplier.entity.ts';
import { SupplierRepository } from '../supplier/supplier.repository.ts';
import { findSeller } from './find-seller.ts';
import { matchGoods } from './match-goods.ts';
import { type OfferRowError, rowError, upsertError } from './offer-row.errors.ts';
import type { OfferRowInput } from './offer-row.inputs.ts';
import { isOfferRow, type OfferRow, readOfferRow } from './offer-row.rules.ts';
import { OfferUpsertRepository } from './offer-upsert.repository.ts';
import type { OfferRowResult } from './offer-upsert.type.ts';
import { type BatchTime, type OfferPlan, planOffer } from './plan-offer.ts';

export const mostRows = 5_000;
const auditedPrices = 1_000;
/** Clocks of sources may be a little fast. */
const mostAhead = 5 * 60_000;

/** A row as it came, or why a file's row could not be read at all. */
export interface GivenRow {
  readonly line: number | null;
  readonly item: OfferRowInput;
  readonly errors?: readonly OfferRowError[];
}

export interface OfferBatch {
  readonly supplierId: string | null;
  readonly idempotencyKey: string | null;
  /** When the rows were read from their source, where it is said. */
  readonly observedAt: Date | null;
  readonly dryRun: boolean;
  readonly rows: readonly GivenRow[];
}

export interface UpsertAnswer {
  readonly replayed: boolean;
  readonly results: readonly OfferRowResult[];
  readonly userErrors: readonly UserError[];
}

const refused = (...userErrors: UserError[]): UpsertAnswer => ({ replayed: false, results: [], userErrors });

type Read = { readonly given: GivenRow; readonly index: number; readonly row: OfferRow | readonly OfferRowError[] };

/** Brings a supplier's offers to what rows say: each call once, one batch of a supplier at a time. */
export class OfferUpsertService {
  readonly #context: SuppliersContext;

  constructor(context: SuppliersContext) {
    this.#context = context;
  }

  submit(batch: OfferBatch): Promise<UpsertAnswer> {
    if (batch.rows.length > mostRows)
      throw new DomainError('BAD_USER_INPUT', `A call takes at most 5,000 rows, this one has ${batch.rows.length}.`);
    const key = readKey(batch.idempotencyKey);
    this.#checkObserved(batch.observedAt);
    return inTransaction(this.#context.manager, async (manager) => {
      const supplier = await this.#supplier(manager, batch.supplierId);
      if (!supplier) return refused(noSupplier);
      if (supplier.isHouse)
        return refused(upsertError('HOUSE', ['input', 'supplierId'], 'The shop’s offers are its goods.'));
      const batches = new OfferUpsertRepository(manager);
      const fingerprint = createHash('sha256').update(JSON.stringify(batch.rows)).digest();
      const earlier = key === null || batch.dryRun ? null : await batches.findBatch(supplier.id, key);
      if (earlier && !earlier.fingerprint.equals(fingerprint)) throw keyReused;
      if (earlier) return { replayed: true, results: earlier.results as OfferRowResult[], userErrors: [] };
      const results = await this.#apply(manager, supplier, batch);
      if (key !== null && !batch.dryRun) await batches.insertBatch(supplier.id, key, fingerprint, results);
      return { replayed: false, results, userErrors: [] };
    });
  }

  /** Locked, so that batches of one supplier wait for each other. */
  async #supplier(manager: EntityManager, given: string | null): Promise<SupplierEntity | null> {
    const named = await findSeller(manager, this.#context.viewer, given);
    return named && new SupplierRepository(manager).lock(named.id);
  }

  #checkObserved(observedAt: Date | null): void {
    if (observedAt === null || observedAt.getTime() <= this.#context.clock() + mostAhead) return;
    throw new DomainError('BAD_USER_INPUT', '`observedAt` is more than five minutes ahead of now.');
  }

  async #apply(
    manager: EntityManager,
    supplier: SupplierEntity,
    { rows, dryRun, observedAt }: OfferBatch,
  ): Promise<OfferRowResult[]> {
    const offers = new OfferUpsertRepository(manager);
    const given = withoutDuplicates(rows);
    const sound = given.flatMap(({ row }) => (isOfferRow(row) ? [row] : []));
    const skus = sound.map(({ supplierSku }) => supplierSku);
    const known = new Map((await offers.listKnown(supplier.id, skus)).map((offer) => [offer.supplierSku, offer]));
    const read = withGoods(given, await matchGoods(sound, known, new HouseClient(this.#context)));
    const ids = [...known.values()].map(({ id }) => id);
    const prices = Map.groupBy(await offers.listListPrices(ids), ({ offerId }) => offerId);
    const unknown = await this.#unknownProducts(read);
    const time = { now: new Date(this.#context.clock()), observedAt };
    const planned = read.map((one) => {
      const isKnown = isOfferRow(one.row) && known.has(one.row.supplierSku);
      const errors = isOfferRow(one.row) ? rowProblems(one.row, { isKnown, unknown, supplier }) : one.row;
      if (!isOfferRow(one.row) || errors.length > 0) return { ...one, plan: null, errors };
      const before = known.get(one.row.supplierSku);
      const plan = planOffer(one.row, supplier, before, prices.get(before?.id ?? '') ?? [], time);
      return { ...one, plan, errors: [] };
    });
    const plans = planned.flatMap(({ plan }) => (plan ? [plan] : []));
    const knownIds = new Map([...known].map(([sku, { id }]) => [sku, id]));
    const made = dryRun ? knownIds : await this.#write(manager, supplier, plans, { ...time, knownIds });
    return planned.map(({ given, index, plan, errors }) => ({
      index,
      line: given.line,
      supplierSku: given.item.supplierSku,
      offerId: (plan && made.get(plan.supplierSku)) ?? null,
      outcome: plan?.outcome ?? 'REJECTED',
      errors,
    }));
  }

  /** Goods that rows name and the catalogue does not know; asked once for all. */
  async #unknownProducts(read: readonly Read[]): Promise<ReadonlySet<string>> {
    const named = new Set(
      read.flatMap(({ row }) => (isOfferRow(row) && row.values.productSku ? [row.values.productSku] : [])),
    );
    const products = await new HouseClient(this.#context).listProducts([...named]);
    const known = new Set(products.map(({ sku }) => sku));
    return new Set([...named].filter((sku) => !known.has(sku)));
  }

  /** @returns the offers' ids, by their codes. */
  async #write(
    manager: EntityManager,
    supplier: SupplierEntity,
    plans: readonly OfferPlan[],
    { knownIds, ...time }: BatchTime & { readonly knownIds: ReadonlyMap<string, string> },
  ): Promise<Map<string, string>> {
    const offers = new OfferUpsertRepository(manager);
    const written = await offers.upsert(supplier.id, plans);
    const ids = new Map([...knownIds, ...written.map(({ supplierSku, id }) => [supplierSku, id] as const)]);
    const priced = plans.flatMap(({ supplierSku, prices }) => {
      const id = ids.get(supplierSku);
      return id && prices ? [[id, prices] as const] : [];
    });
    await offers.replaceListPrices(new Map(priced));
    await offers.markObserved(supplier.id, spokenOf(plans, time), time.observedAt ?? time.now);
    const count = (outcome: string) => plans.filter((plan) => plan.outcome === outcome).length;
    const after = {
      ...{ created: count('CREATED'), updated: count('UPDATED') },
      prices: plans
        .filter(({ prices }) => prices)
        .slice(0, auditedPrices)
        .map(({ supplierSku, prices }) => ({ supplierSku, prices })),
    };
    const act = { action: 'offers.upsert', subject: { type: 'Supplier', id: supplier.id }, after };
    if (after.created + after.updated > 0) await recordAudit(this.#context.jobs, manager, this.#context, act);
    return ids;
  }
}

const noSupplier = upsertError(
  'NOT_FOUND',
  ['input', 'supplierId'],
  'There is no such supplier, or it is not yours: name one, or act for a supplier’s organization.',
);

const keyReused = new DomainError(
  'IDEMPOTENCY_KEY_REUSED',
  'This idempotency key came before with other content. A key stands for one call: make a new one.',
);

function readKey(key: string | null): string | null {
  if (key === null || (key.length >= 1 && key.length <= 200 && isStorable(key))) return key;
  throw new DomainError('BAD_USER_INPUT', '`idempotencyKey` takes 1 to 200 printable characters.');
}

/** Of two rows with one code the first counts. */
function withoutDuplicates(rows: readonly GivenRow[]): Read[] {
  const seen = new Set<string>();
  return rows.map((given, index) => {
    const row = given.errors ?? readOfferRow(given.item);
    if (!isOfferRow(row)) return { given, index, row };
    const isSecond = seen.has(row.supplierSku);
    seen.add(row.supplierSku);
    const error = rowError('DUPLICATE_IN_BATCH', 'supplierSku', 'An earlier row of the batch has this code.');
    return { given, index, row: isSecond ? [error] : row };
  });
}

/** Rows with the goods that were found for them. */
const withGoods = (read: readonly Read[], goods: ReadonlyMap<string, string>): Read[] =>
  read.map((one) => {
    const productSku = isOfferRow(one.row) ? goods.get(one.row.supplierSku) : undefined;
    if (!isOfferRow(one.row) || productSku === undefined) return one;
    return { ...one, row: { ...one.row, values: { ...one.row.values, productSku } } };
  });

interface Neighbours {
  readonly isKnown: boolean;
  /** Goods that the catalogue does not know. */
  readonly unknown: ReadonlySet<string>;
  readonly supplier: Pick<SupplierEntity, 'currency'>;
}

/** Offers whose row is not written and yet is news: of their prices alone, or that a source said of late what is known. */
const spokenOf = (plans: readonly OfferPlan[], { observedAt }: BatchTime): string[] =>
  plans
    .filter(
      ({ outcome, offer }) => !offer && (outcome === 'UPDATED' || (outcome === 'UNCHANGED' && observedAt !== null)),
    )
    .map(({ supplierSku }) => supplierSku);

function rowProblems(
  { values, removed, currency }: OfferRow,
  { isKnown, unknown, supplier }: Neighbours,
): OfferRowError[] {
  const problems: OfferRowError[] = [];
  if (currency !== null && currency.toUpperCase() !== supplier.currency)
    problems.push(rowError('BAD_CURRENCY', 'currency', `The supplier’s prices are in ${supplier.currency}.`));
  if (!isKnown && !removed && !values.name)
    problems.push(rowError('MISSING_NAME', 'name', 'A new offer needs a name.'));
  if (values.productSku && unknown.has(values.productSku))
    problems.push(rowError('UNKNOWN_PRODUCT', 'productSku', 'The catalogue knows no goods with this SKU.'));
  return problems;
}

import { randomUUID } from 'node:crypto';
import type { AvailabilityName, ProductReading } from '@gastronom/product-page/reading';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { defineJob, implementJob } from '@gastronom/shared/jobs/job';
import type { TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import type { UserViewer } from '@gastronom/shared/viewer';
import { z } from 'zod';
import type { PriceAlertEntity } from '../alert/price-alert.entity.ts';
import type { AlertingContext } from '../alert/raise-alerts.ts';
import type { PageCheck } from '../check/page-check.ts';
import { recordChecks } from '../check/record-checks.ts';
import { readPriceTrackingSettings } from '../env.ts';
import type { CheckOutcomeName } from '../tracked-url/tracked-url.entity.ts';

const hourMs = 3_600_000;
const quiet: ProductReading = {
  title: null,
  price: null,
  oldPrice: null,
  currency: null,
  image: null,
  availability: null,
  gtin: null,
  sku: null,
  seller: null,
  condition: null,
  size: null,
  sources: {},
};

export type Rule = Pick<PriceAlertEntity, 'kind'> &
  Partial<Pick<PriceAlertEntity, 'scope' | 'targetPrice' | 'targetCurrency' | 'percent' | 'days'>>;

/** What a page is found to say: `USD 9.90 OUT_OF_STOCK`, `EUR 5 ?` where it says nothing of stock, or an outcome. */
export type Look = string;

const outcomes: ReadonlySet<string> = new Set<CheckOutcomeName>(['NO_PRICE', 'GONE', 'BLOCKED', 'FETCH_ERROR']);

function checkOf(look: Look, checkedAt: Date): PageCheck {
  const stats = { status: 200, bytes: 1_000, waitedMs: 0, fetchedMs: 10, tries: 1 };
  const common = { url: 'https://shop.example/', validators: { etag: null, lastModified: null }, stats, checkedAt };
  if (outcomes.has(look)) {
    const outcome = look as CheckOutcomeName;
    return { ...common, outcome, code: 'HTTP_503', error: 'It broke.', reading: null, isUnchanged: false };
  }
  const [currency = '', price = '', availability = 'IN_STOCK'] = look.split(' ');
  const reading = {
    ...quiet,
    currency,
    price,
    availability: availability === '?' ? null : (availability as AvailabilityName),
  };
  return { ...common, outcome: 'OK', code: null, error: null, reading, isUnchanged: false };
}

/** Somebody who watches prices, and a clock: what pages say is recorded as refreshing records it. */
export class PriceWatcher {
  readonly viewer: UserViewer = { kind: 'user', userId: randomUUID(), role: 'CUSTOMER' };
  readonly #subgraph: TestSubgraph;
  /** In milliseconds; each look takes an hour. */
  now = Date.parse('2026-11-01T00:30:00.000Z');

  constructor(subgraph: TestSubgraph) {
    this.#subgraph = subgraph;
  }

  /** Events go nowhere until somebody listens. */
  static async listen({ jobs }: TestSubgraph): Promise<void> {
    const ear = defineJob({ name: 'hear-prices', on: ['PriceAlertRaised', 'TrackedUrlFailing'], payload: z.unknown() });
    await jobs.work([implementJob(ear, async () => undefined)]);
  }

  get context(): AlertingContext {
    return { jobs: this.#subgraph.jobs, settings: readPriceTrackingSettings({}), clock: () => this.now };
  }

  async #insert(table: string, row: Record<string, unknown>): Promise<string> {
    const names = Object.keys(row);
    const [made] = await this.#subgraph.ownerQuery<{ id: string }>(
      `INSERT INTO price_tracking.${table} (owner_id, ${names.join(', ')})
       VALUES ($1, ${names.map((_, i) => `$${i + 2}`).join(', ')}) RETURNING id`,
      [this.viewer.userId, ...Object.values(row)],
    );
    return made?.id ?? '';
  }

  store(name = 'Contoso'): Promise<string> {
    return this.#insert('stores', { name, slug: `s-${randomUUID()}` });
  }

  product(name = 'Coffee', target: string | null = null): Promise<string> {
    const [currency = null, price = null] = target?.split(' ') ?? [];
    return this.#insert('tracked_products', { name, target_price: price, target_currency: currency });
  }

  page(productId: string, storeId: string, isPrimary = true): Promise<string> {
    const url = `https://shop.example/${randomUUID()}`;
    const place = { product_id: productId, store_id: storeId, url, host: 'shop.example' };
    return this.#insert('tracked_urls', { ...place, is_primary: isPrimary, is_active: true });
  }

  rule(productId: string, rule: Rule): Promise<string> {
    const { kind, scope = 'ANY_URL', targetPrice = null, targetCurrency = null, percent = null, days = null } = rule;
    const target = { target_price: targetPrice, target_currency: targetCurrency };
    return this.#insert('price_alerts', { product_id: productId, kind, scope, ...target, percent, days });
  }

  /** Pages are looked at in one batch. */
  async look(looks: readonly (readonly [urlId: string, look: Look])[]): Promise<void> {
    this.now += hourMs;
    const checks = looks.map(([urlId, look]) => ({ urlId, check: checkOf(look, new Date(this.now)) }));
    await inTransaction(this.#subgraph.dataSource.manager, (manager) => recordChecks(this.context, manager, checks));
  }

  /** The data of what was told since the last call. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what it is
  async heard(): Promise<any[]> {
    const rows = await this.#subgraph.ownerQuery<{ data: unknown }>(
      `WITH gone AS (DELETE FROM jobs.job WHERE name = 'hear-prices' RETURNING data, created_on, id)
       SELECT data->'data' AS data FROM gone ORDER BY created_on, id`,
    );
    return rows.map(({ data }) => data);
  }
}

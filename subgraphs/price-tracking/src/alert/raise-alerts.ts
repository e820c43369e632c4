import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { Decimal } from 'decimal.js';
import type { EntityManager } from 'typeorm';
import type { PriceTrackingContext } from '../context.ts';
import { FailingPageRepository, type ReportedPage } from './failing-page.repository.ts';
import { type PriceAlertRaised, priceAlertRaised } from './price-alert-raised.event.ts';
import type { FailingPage, PriceChange } from './price-change.ts';
import { PriceWatchRepository, type RaisedAlert } from './price-watch.repository.ts';
import { type TrackedUrlFailing, trackedUrlFailing } from './tracked-url-failing.event.ts';

/** What alerts need of who records prices: the queue that tells of them, the time and the settings. */
export type AlertingContext = Pick<PriceTrackingContext, 'jobs' | 'clock' | 'settings'>;

const mostInEvent = 500;
const mostPages = 20;

type RaisedProduct = PriceAlertRaised['products'][number];
type RaisedPage = RaisedProduct['pages'][number];
type FailingStore = TrackedUrlFailing['stores'][number];

const plain = (amount: string | null): string | null => (amount === null ? null : plainDecimal(amount));

/** Rows by a key of theirs, in the order in which the keys came. */
function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): [Row, ...Row[]][] {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return [...groups.values()];
}

/** By how many per cent the price is less than what it was held against. */
function fallOf({ price, referencePrice }: RaisedAlert): number | null {
  if (referencePrice === null) return null;
  const highest = new Decimal(referencePrice);
  return highest.minus(price).div(highest).mul(100).floor().toNumber();
}

const pageOf = (alerts: readonly [RaisedAlert, ...RaisedAlert[]]): RaisedPage => ({
  urlId: alerts[0].urlId,
  url: alerts[0].url,
  store: alerts[0].storeName,
  price: plainDecimal(alerts[0].price),
  currency: alerts[0].currency,
  previousPrice: plain(alerts[0].previousPrice),
  alerts: alerts.map((alert) => ({
    alertId: alert.alertId,
    kind: alert.kind,
    referencePrice: plain(alert.referencePrice),
    days: alert.days,
    fallPercent: alert.kind === 'DROP_PERCENT' ? fallOf(alert) : null,
  })),
});

const productOf = (alerts: readonly [RaisedAlert, ...RaisedAlert[]]): RaisedProduct => ({
  productId: alerts[0].productId,
  ownerId: alerts[0].ownerId,
  name: alerts[0].productName,
  pages: grouped(alerts, ({ urlId }) => urlId).map(pageOf),
});

const storeOf = (pages: readonly [ReportedPage, ...ReportedPage[]]): FailingStore => ({
  storeId: pages[0].storeId,
  ownerId: pages[0].ownerId,
  name: pages[0].storeName,
  failing: pages[0].failing,
  pages: pages.map(({ urlId, url, productId, productName, failures, outcome, error }) => ({
    ...{ urlId, url, productId, productName },
    ...{ failures, outcome, error },
  })),
});

const chunks = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / mostInEvent) }, (_, i) =>
    items.slice(i * mostInEvent, (i + 1) * mostInEvent),
  );

/**
 * Looks at the alert rules of the products whose pages were read again, in the transaction that records their prices, and
 * tells of those whose condition came about. It wants to know of pages whose price is the same as before too: a target or a
 * snooze may be another by now.
 */
export async function raiseAlerts(
  { jobs }: AlertingContext,
  manager: EntityManager,
  changes: readonly PriceChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const raised = await new PriceWatchRepository(manager).raise(changes);
  const products = grouped(raised, ({ productId }) => productId).map(productOf);
  for (const chunk of chunks(products)) await jobs.publish(manager, priceAlertRaised, { products: chunk });
}

/**
 * Tells owners of pages that could not be read several times in a row: once for each such row of failures, together with
 * what else fails of the store, and of a store once a day. It wants to know of every page that failed again: what is not told
 * today may be tomorrow.
 */
export async function reportFailing(
  { jobs, settings, clock }: AlertingContext,
  manager: EntityManager,
  pages: readonly FailingPage[],
): Promise<void> {
  if (pages.length === 0) return;
  const reporting = { least: settings.PRICE_PAGE_FAILURES, now: new Date(clock()), mostPages };
  const reported = await new FailingPageRepository(manager).report(pages, reporting);
  const stores = grouped(reported, ({ storeId }) => storeId).map(storeOf);
  for (const chunk of chunks(stores)) await jobs.publish(manager, trackedUrlFailing, { stores: chunk });
}

import type { EntityManager } from 'typeorm';
import { type AlertingContext, raiseAlerts, reportFailing } from '../alert/raise-alerts.ts';
import type { PriceTrackingContext } from '../context.ts';
import { rebuildPriceCaches } from '../price-cache/rebuild-price-caches.ts';
import { tellMarket } from '../product/tell-live-market.job.ts';
import { refreshSlots } from '../refresh/refresh-schedule.ts';
import { type CheckedProduct, CheckRepository, type RecordedCheck, type UrlCheck } from './check.repository.ts';

/** What recording needs of its request or job. */
export type RecordingContext = AlertingContext & Pick<PriceTrackingContext, 'clock' | 'settings'>;

const dayMs = 86_400_000;
/** How much longer than with one that says it is gone there is hope for a page that fails otherwise. */
const hope = 6;

/**
 * Writes what looks at pages came to, in the caller's transaction: the state of the pages, their history, what is worked
 * out of it, and who is told. Only what is OK touches history and alerts. Pages that are gone from here, and looks that
 * are not newer than the last one, change nothing. It locks the products, then their pages, each by id.
 */
export async function recordChecks(
  context: RecordingContext,
  manager: EntityManager,
  checks: readonly UrlCheck[],
): Promise<void> {
  const asked = checks.filter(({ check }) => check.retryAfterMs === undefined);
  await postponeBusy(context, manager, checks);
  for (const round of inRounds(asked)) await recordRound(context, manager, round);
}

/** Of these nothing is known: their hosts were not asked. */
async function postponeBusy(
  { clock }: RecordingContext,
  manager: EntityManager,
  checks: readonly UrlCheck[],
): Promise<void> {
  const busy = checks.flatMap(({ urlId, check: { retryAfterMs } }) =>
    retryAfterMs === undefined ? [] : [{ urlId, until: new Date(clock() + retryAfterMs) }],
  );
  await new CheckRepository(manager).postpone(busy);
}

/** A page that was looked at several times comes once in each round, in the order of time. */
function inRounds(checks: readonly UrlCheck[]): UrlCheck[][] {
  const rounds: UrlCheck[][] = [];
  const seen = new Map<string, number>();
  const byTime = [...checks].sort((one, other) => one.check.checkedAt.getTime() - other.check.checkedAt.getTime());
  for (const check of byTime) {
    const turn = seen.get(check.urlId) ?? 0;
    seen.set(check.urlId, turn + 1);
    const round = rounds[turn] ?? [];
    round.push(check);
    rounds[turn] = round;
  }
  return rounds;
}

async function recordRound(context: RecordingContext, manager: EntityManager, checks: UrlCheck[]): Promise<void> {
  const repository = new CheckRepository(manager);
  const products = await repository.lockProducts(checks.map(({ urlId }) => urlId));
  const { settings } = context;
  const now = new Date(context.clock());
  const goneMs = settings.PRICE_GIVE_UP_DAYS * dayMs;
  const recorded = await repository.record(checks, now, refreshSlots(settings, now), {
    goneMs,
    failingMs: goneMs * hope,
  });
  const grown = recorded.filter(({ isPoint }) => isPoint).map(({ productId }) => productId);
  await rebuildPriceCaches(manager, grown, now);
  await tellMarket(context.jobs, manager, marketSkus(products, recorded));
  await raiseAlerts(context, manager, recorded.filter(({ isPriced }) => isPriced).map(toChange));
  await reportFailing(
    context,
    manager,
    recorded.filter(({ outcome }) => outcome !== 'OK'),
  );
}

/** Goods for which the market asks something else now, or may have them again, or no more. */
function marketSkus(products: readonly CheckedProduct[], recorded: readonly RecordedCheck[]): string[] {
  const changed = new Set(recorded.filter(isOtherwise).map(({ productId }) => productId));
  return products.flatMap(({ id, catalogueSku, countsForMarket }) =>
    catalogueSku !== null && countsForMarket && changed.has(id) ? [catalogueSku] : [],
  );
}

const isOtherwise = (check: RecordedCheck): boolean =>
  check.isPriced &&
  (check.price !== check.beforePrice ||
    check.currency !== check.beforeCurrency ||
    check.availability !== check.beforeAvailability);

const toChange = (check: RecordedCheck) => ({
  urlId: check.urlId,
  productId: check.productId,
  ownerId: check.ownerId,
  before:
    check.beforeAt && check.beforePrice !== null && check.beforeCurrency !== null
      ? {
          price: check.beforePrice,
          currency: check.beforeCurrency,
          availability: check.beforeAvailability,
          at: check.beforeAt,
        }
      : null,
  after: {
    price: check.price,
    currency: check.currency,
    availability: check.availability,
    at: check.checkedAt,
  },
});

import { z } from 'zod';
import { type Notice, type Notices, nobody, notices } from './notice.ts';

const decimal = z.string().regex(/^\d{1,20}(\.\d{1,6})?$/);

const alert = z.object({
  kind: z.string(),
  referencePrice: decimal.nullable(),
  days: z.number().int().nullable(),
  fallPercent: z.number().int().nullable(),
});

const page = z.object({
  url: z.string(),
  store: z.string(),
  price: decimal,
  currency: z.string().regex(/^[A-Z]{3}$/),
  previousPrice: decimal.nullable(),
  alerts: z.array(alert),
});

const product = z.object({
  productId: z.guid(),
  ownerId: z.guid(),
  name: z.string(),
  pages: z.tuple([page], page),
});

export const priceAlertRaised = z.object({ products: z.array(product) });

const store = z.object({
  storeId: z.guid(),
  ownerId: z.guid(),
  name: z.string(),
  failing: z.number().int(),
  pages: z.tuple(
    [z.object({ url: z.string(), productName: z.string(), failures: z.number().int(), outcome: z.string() })],
    z.unknown(),
  ),
});

export const trackedUrlFailing = z.object({ stores: z.array(store) });

/** Why somebody is told of a page: each kind of alert adds its sentence. Of several of a kind, the one that says most. */
function reasonsOf({ alerts, currency }: z.infer<typeof page>) {
  const of = (kind: string, isWindowed: boolean) =>
    alerts
      .filter((one) => one.kind === kind && (one.days !== null) === isWindowed)
      .toSorted((one, other) => (other.days ?? 0) - (one.days ?? 0))[0];
  const money = (amount: string | null | undefined) => (amount ? { amount, currency } : null);
  const [target, drop] = [of('BELOW_TARGET', false), of('DROP_PERCENT', false)];
  const [fall, lowest] = [of('DROP_PERCENT', true), of('LOWEST_IN_DAYS', true)];
  return {
    backInStock: alerts.some(({ kind }) => kind === 'BACK_IN_STOCK'),
    target: money(target?.referencePrice),
    drop: drop?.fallPercent ?? null,
    fall: fall?.fallPercent ?? null,
    highest: money(fall?.referencePrice),
    fallDays: fall?.days ?? null,
    lowDays: lowest?.days ?? null,
  };
}

const isOther = (price: string, previous: string | null): previous is string => previous !== null && previous !== price;

/** One message for a product, however many of its pages and alerts have something to say: it is led by the cheapest. */
function noticeOfProduct({ productId, ownerId, name, pages }: z.infer<typeof product>): Notice {
  const [first, ...rest] = pages;
  const { currency, price, previousPrice } = first;
  const others = rest.map((other) => ({
    store: other.store,
    price: { amount: other.price, currency: other.currency },
  }));
  return {
    kind: 'PRICE_ALERT',
    subjectId: productId,
    urgent: false,
    audience: { ...nobody, userIds: [ownerId] },
    params: {
      productId,
      product: name,
      store: first.store,
      url: first.url,
      price: { amount: price, currency },
      before: isOther(price, previousPrice) ? { amount: previousPrice, currency } : null,
      ...reasonsOf(first),
      others: others.length > 0 ? { offers: others } : null,
    },
  };
}

export function ofPriceAlertRaised({ products }: z.infer<typeof priceAlertRaised>): Notices {
  const all = products.map(noticeOfProduct);
  return notices(
    all.map(({ audience }) => audience),
    () => all,
  );
}

/** A store that is down takes all its pages with it: one message says so. */
function noticeOfStore({ storeId, ownerId, name, failing, pages: [first] }: z.infer<typeof store>): Notice {
  const { url, productName, failures, outcome } = first;
  return {
    kind: 'PRICE_PAGE_FAILING',
    subjectId: storeId,
    urgent: false,
    audience: { ...nobody, userIds: [ownerId] },
    params: { storeId, store: name, url, product: productName, failures, outcome, count: failing, more: failing - 1 },
  };
}

export function ofTrackedUrlFailing({ stores }: z.infer<typeof trackedUrlFailing>): Notices {
  const all = stores.map(noticeOfStore);
  return notices(
    all.map(({ audience }) => audience),
    () => all,
  );
}

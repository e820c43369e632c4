import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ofPriceAlertRaised, ofTrackedUrlFailing, priceAlertRaised, trackedUrlFailing } from './price-notices.ts';
import { notificationText } from './texts/texts.ts';

const [anna, boris] = [randomUUID(), randomUUID()];
const alert = (kind: string, referencePrice: string | null = null, days: number | null = null, fall?: number) => ({
  ...{ alertId: randomUUID(), kind, referencePrice, days },
  fallPercent: fall ?? null,
});
const page = (store: string, price: string, previousPrice: string | null, ...alerts: object[]) => ({
  ...{ urlId: randomUUID(), url: `https://${store.toLowerCase()}.example/tea`, store, price, currency: 'EUR' },
  ...{ previousPrice, alerts },
});
const product = (ownerId: string, name: string, ...pages: object[]) => ({
  productId: randomUUID(),
  ...{ ownerId, name, pages },
});

/** Whom it is for, and what it says in English. */
function told(products: readonly object[]): string[][] {
  const notices = ofPriceAlertRaised(priceAlertRaised.parse({ products })).write(() => null);
  return notices.map(({ audience, kind, params }) => {
    const { title, body } = notificationText('EN', kind, params);
    return [...audience.userIds, title, body];
  });
}

describe('a message of prices', () => {
  it('is one for a product, led by its first page, for its owner alone', () => {
    const others = Array.from({ length: 7 }, (_, i) => page(`S${i}`, `${5 + i}`, null, alert('ANY_CHANGE')));
    const products = [
      product(anna, 'Tea', page('Best', '4', '5', alert('ANY_CHANGE')), ...others),
      product(boris, 'Rice', page('Best', '2.5', null, alert('BELOW_TARGET', '3'))),
    ];

    const notices = ofPriceAlertRaised(priceAlertRaised.parse({ products }));

    expect(notices).toMatchObject({ organizationIds: [], userIds: [anna, boris], staff: false });
    expect(told(products)).toEqual([
      [
        anna,
        'Tea: €4.00',
        'Best asks €4.00, before that €5.00. Elsewhere: S0 €5.00, S1 €6.00, S2 €7.00, S3 €8.00, S4 €9.00, ….',
      ],
      [boris, 'Rice: €2.50', 'Best asks €2.50. Your target is €3.00.'],
    ]);
  });

  it('says each reason once, the one that says most, and no price before that is the same', () => {
    const alerts = [
      alert('DROP_PERCENT', '5', null, 20),
      alert('DROP_PERCENT', '8', 30, 50),
      alert('DROP_PERCENT', '10', 90, 60),
      alert('LOWEST_IN_DAYS', '5', 7),
      alert('LOWEST_IN_DAYS', '4.5', 365),
    ];

    expect(told([product(anna, 'Tea', page('Best', '4', '5', ...alerts))])[0]?.[2]).toBe(
      'Best asks €4.00, before that €5.00. That is 20 % less. That is 60 % below €10.00, the highest in 90 days. That is the lowest in 365 days.',
    );
    expect(told([product(anna, 'Tea', page('Best', '4', '4', alert('BACK_IN_STOCK')))])[0]?.slice(1)).toEqual([
      'Tea is in stock again: €4.00',
      'Best has it again for €4.00.',
    ]);
  });

  it('says of a store that fails how many pages did, once', () => {
    const failing = { url: 'https://best.example/tea', productName: 'Tea', failures: 5, outcome: 'BLOCKED' };
    const store = { storeId: randomUUID(), ownerId: anna, name: 'Best', failing: 30, pages: [failing, failing] };

    const [notice, ...others] = ofTrackedUrlFailing(trackedUrlFailing.parse({ stores: [store] })).write(() => null);

    expect(others).toEqual([]);
    expect(notice).toMatchObject({ subjectId: store.storeId, urgent: false, audience: { userIds: [anna] } });
    expect(notificationText('EN', 'PRICE_PAGE_FAILING', notice?.params ?? {})).toEqual({
      title: 'Best: 30 pages cannot be read',
      body: 'The store does not let us look at the page of “Tea”, and 29 more pages fail. We have tried 5 times in a row. The last prices stay as they were.',
    });
  });
});

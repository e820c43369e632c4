import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CardOrders, webhookSecret } from './testing/card-orders.ts';
import { farm, people } from './testing/people.ts';

let cards: CardOrders;

beforeAll(async () => {
  cards = await CardOrders.open();
  await cards.pay(await cards.place([{ supplier: 'farm', prices: ['10.00'] }]));
});
afterAll(() => cards.close());

const onboard = async (viewer: keyof typeof people, country = 'FI', returnUrl = 'https://shop.example/back') => {
  const { beginPaymentOnboarding } = await cards.ask(
    `mutation ($input: BeginPaymentOnboardingInput!) { beginPaymentOnboarding(input: $input) {
       url account { country transfersEnabled } userErrors { code } } }`,
    { input: { country, returnUrl, refreshUrl: 'https://shop.example/again' } },
    people[viewer],
  );
  const { url, account, userErrors } = beginPaymentOnboarding;
  return userErrors[0]?.code ?? { url: new URL(url).hostname, ...account };
};

const account = async (viewer: keyof typeof people, organizationId?: string) => {
  const { paymentAccount } = await cards.ask(
    `query ($id: ID) { paymentAccount(organizationId: $id) {
       detailsSubmitted transfersEnabled payoutsEnabled currentlyDue
       payouts(first: 2) { status amount { amount currencyCode } } } }`,
    { id: organizationId },
    people[viewer],
  );
  return paymentAccount;
};

describe('a supplier’s account', () => {
  it('is opened by an ADMIN of the supplier, once, and led to Stripe’s page as often as one likes', async () => {
    cards.stripe.failNext('broken', /accounts/);

    await expect(onboard('fiona', 'SE')).rejects.toThrow();
    const first = await onboard('fiona');
    const second = await onboard('fiona');

    expect(first).toEqual({ url: 'connect.stripe.com', country: 'FI', transfersEnabled: false });
    expect(second).toEqual(first);
    expect(cards.stripe.all('account')).toHaveLength(1);
    expect(await onboard('frank')).toBe('NOT_ALLOWED');
    expect(await onboard('anna')).toBe('NOT_ALLOWED');
    expect(await onboard('fiona', 'SE')).toBe('BAD_COUNTRY');
    expect(await onboard('dora', 'FI', 'javascript:alert(1)')).toBe('BAD_URL');
  });

  it('shows how it stands and what it is paid out, to its supplier and staff', async () => {
    const before = await account('fiona');
    const stripeId = await cards.onboard(people.fiona);
    const order = await cards.place([{ supplier: 'farm', prices: ['100.00'] }]);
    await cards.pay(order);
    await cards.deliver(order.parts[0], '100.00');
    cards.stripe.money.payOutAccount(stripeId, 'eur');
    await cards.stripe.deliver();
    await cards.finish();

    expect(before).toEqual({
      detailsSubmitted: false,
      transfersEnabled: false,
      payoutsEnabled: false,
      currentlyDue: [],
      payouts: [],
    });
    const after = {
      detailsSubmitted: true,
      transfersEnabled: true,
      payoutsEnabled: true,
      currentlyDue: [],
      payouts: [{ status: 'paid', amount: { amount: '90.00', currencyCode: 'EUR' } }],
    };
    expect(await account('fiona')).toEqual(after);
    expect(await account('stella', farm)).toEqual(after);
    for (const viewer of ['dora', 'anna', 'frank'] as const) expect(await account(viewer, farm)).toBeNull();
  });
});

describe('the nightly comparison', () => {
  const compare = async () => {
    cards.now += 12 * 3_600_000;
    await cards.run('reconcile-payments');
    const { paymentReconciliations } = await cards.ask(
      `{ paymentReconciliations(first: 1) { nodes { compared healed
         findings { kind type ours { amount } theirs { amount } } } } }`,
      {},
      people.stella,
    );
    return paymentReconciliations.nodes[0];
  };

  it('takes in what lost webhooks kept from us, Stripe’s own fees and our payouts', async () => {
    const { intentId } = await cards.begin(await cards.place([{ supplier: 'farm', prices: ['10.00'] }]));
    cards.stripe.money.pay(intentId);
    cards.stripe.chargeFee(200, 'eur');
    cards.stripe.money.payOut(300, 'eur');
    await cards.stripe.deliver({ lose: () => true });

    const night = await compare();
    const next = await compare();

    expect(night).toMatchObject({ healed: 3, findings: [] });
    expect(next).toEqual({ ...night, healed: 0 });
    expect((await cards.ledger()).STRIPE).toBe(cards.stripe.balance('eur'));
    expect((await cards.ledger()).BANK).toBe(300);
    expect(await cards.graph.transport.checks()).toEqual({ payments: { status: 'pass' } });
  });

  it('tells of a movement that nobody here knows, and so does the product’s health', async () => {
    cards.stripe.adjust(-700, 'eur');

    expect(await compare()).toMatchObject({
      findings: [{ kind: 'MISSING_HERE', type: 'adjustment', ours: null, theirs: { amount: '-7.00' } }],
    });
    expect(await cards.graph.transport.checks()).toMatchObject({ payments: { status: 'warn' } });
  });
});

describe('Stripe’s webhook', () => {
  const post = async (body: string, headers: Record<string, string>) => cards.post(body, headers);

  it('believes what Stripe signed lately, with the secret that is and the one that is going', async () => {
    const event = cards.stripe.all('event')[0] as Parameters<typeof cards.stripe.webhook.sign>[0];
    const sign = (secret?: string, timestamp?: number) => cards.stripe.webhook.sign(event, secret, timestamp);
    const { body, headers } = sign(webhookSecret);
    const old = sign('whsec_that_is_going');
    const foreign = sign('whsec_of_somebody_else');
    const stale = sign(webhookSecret, Math.floor(Date.now() / 1000) - 301);

    expect(await post(body, headers)).toBe(200);
    expect(await post(old.body, old.headers)).toBe(200);
    expect(await post(foreign.body, foreign.headers)).toBe(401);
    expect(await post(stale.body, stale.headers)).toBe(401);
    expect(await post(body.replace('{', '{ '), headers)).toBe(401);
    expect(await post(body, { 'content-type': 'application/json' })).toBe(401);
  });

  it('takes events that are none of ours, and leaves them', async () => {
    const event = cards.stripe.all('event')[0] as Parameters<typeof cards.stripe.webhook.sign>[0];
    const balance = { ...event, id: 'evt_balance', type: 'balance.available', data: { object: { object: 'balance' } } };
    const foreign = { ...event, id: 'evt_foreign', type: 'payout.paid', data: { object: { id: 'po_of_another' } } };
    for (const each of [balance, foreign]) {
      const { body, headers } = cards.stripe.webhook.sign(each as typeof event);
      expect(await post(body, headers)).toBe(200);
    }
    await cards.finish();

    const rows = await cards.graph.ownerQuery(
      `SELECT outcome FROM orders.payment_events WHERE id IN ('evt_balance', 'evt_foreign')`,
    );
    expect(rows).toEqual([{ outcome: 'IGNORED' }, { outcome: 'IGNORED' }]);
  });
});

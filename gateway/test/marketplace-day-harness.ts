import { PartnerServer } from '@gastronom/integrations/testing/partner-server';
import { type StripeStandIn, startStripe } from '@gastronom/stripe-stand-in/stripe-stand-in';
import { demoPeople } from '../src/identity/development-token.ts';
import { startTestGraph, type TestGraph } from './harness.ts';
import { documents } from './marketplace-documents.ts';
import { Trader } from './marketplace-people.ts';
import { post, secret, until } from './one-c-harness.ts';

export interface Amount {
  readonly amount: string;
}

export interface Part {
  readonly id: string;
  readonly supplierName: string;
  readonly isHouse: boolean;
  readonly deliverOn: string | null;
  readonly total: Amount;
  readonly lines: readonly { readonly id: string; readonly name: string }[];
}

/** Added up as kopecks. */
export const sum = (amounts: readonly Amount[]): string =>
  (amounts.reduce((kopecks, { amount }) => kopecks + Math.round(Number(amount) * 100), 0) / 100).toFixed(2);

const supplierOf = (key: string, name: string) => ({
  clerkOrganizationId: `org_${key}`,
  slug: key,
  name,
  type: 'SUPPLIER' as const,
});

const settings = (stripeUrl: string) => ({
  STRIPE_SECRET_KEY: 'sk_test_day',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_day',
  STRIPE_WEBHOOK_SECRETS: 'whsec_of_the_day',
  STRIPE_API_URL: stripeUrl,
  PLATFORM_FEE_PERCENT: '10',
  STOCK_BUFFER_DEFAULT: '0',
  AVAILABILITY_DEBOUNCE_SECONDS: '0',
  ONE_C_WEBHOOK_SECRETS: secret,
  ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
});

/** A town: a restaurant of three people, four suppliers, the shop's own people, Stripe, and the whole graph between them. */
export class Marketplace {
  private constructor(
    readonly graph: TestGraph,
    readonly stripe: StripeStandIn,
    readonly people: Awaited<ReturnType<typeof gather>>,
    /** The systems of those who trade, each at a path of its own. */
    readonly systems: PartnerServer,
    readonly close: () => Promise<void>,
  ) {}

  static async open(): Promise<Marketplace> {
    let graph: TestGraph | undefined;
    const stripe = await startStripe({
      secret: 'whsec_of_the_day',
      atOnce: true,
      post: async (body, headers) =>
        (await fetch(`${graph?.url.replace('/graphql', '')}/webhooks/stripe`, { method: 'POST', body, headers }))
          .status,
    });
    const before = { ...process.env };
    Object.assign(process.env, settings(stripe.url));
    graph = await startTestGraph();
    const { stop } = graph;
    const systems = await PartnerServer.open();
    return new Marketplace(graph, stripe, await gather(graph), systems, async () => {
      await stop();
      systems.close();
      await stripe.stop();
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    });
  }

  /** A supplier that delivers every day, and sells one thing by the box of five kilograms. */
  async offer(seller: Trader, name: string, supplierSku: string, price: string) {
    const terms = { name, currency: 'RUB', timeZone: 'Europe/Moscow', cancelUntil: 'CONFIRMED', taxRate: '10' };
    const { supplier } = await seller.do(documents.createSupplier, { ...terms, taxIncluded: true });
    const windows = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '06:00', to: '11:00' }));
    await seller.do(documents.setDeliveryDays, { supplierId: supplier.id, windows });
    const items = [{ supplierSku, name: supplierSku, unit: 'BOX', baseUnit: 'KILOGRAM', packSize: '5', price }];
    const { results } = await seller.do(documents.upsertOffers, { supplierId: supplier.id, items });
    if (results[0].outcome !== 'CREATED') throw new Error(JSON.stringify(results));
    return { supplierId: String(supplier.id), offerId: String(results[0].offerId) };
  }

  /** The supplier tells Stripe about itself, and can be paid from then on. @returns its account's id. */
  async onboard(seller: Trader): Promise<string> {
    const pages = { returnUrl: 'https://app.example/done', refreshUrl: 'https://app.example/again' };
    const known = new Set(this.stripe.all('account').map(({ id }) => id));
    await seller.do(documents.beginOnboarding, { country: 'FI', ...pages });
    const account = this.stripe.all('account').find(({ id }) => !known.has(id))?.id;
    if (!account) throw new Error('Stripe was not asked for an account');
    this.stripe.finishOnboarding(account);
    await until('the account can be paid', async () => {
      const { data } = await seller.ask('{ paymentAccount { transfersEnabled } }');
      return data.paymentAccount.transfersEnabled;
    });
    return account;
  }

  /** Somebody's system is told of all that happens to their orders. @returns the secret that signs what it is told. */
  async connect(who: Trader, path: string): Promise<string> {
    const eventTypes = ['ORDER_PLACED', 'ORDER_CHANGED', 'DELIVERY_MARKED', 'PAYMENT_CHANGED'];
    const { secret: signing } = await who.do(documents.createWebhook, { url: this.systems.url(path), eventTypes });
    return signing;
  }

  /** What a shopper can have of each good. */
  async shelf(): Promise<Record<string, number>> {
    const { data } = await this.graph.query(documents.shelf);
    return Object.fromEntries(
      data.productsBySku.map((good: { sku: string; availableOnline: number }) => [good.sku, good.availableOnline]),
    );
  }

  /** 1C counted the shop. */
  async count(stock: Readonly<Record<string, number>>): Promise<number> {
    const items = Object.entries(stock).map(([sku, quantity]) => ({ nomenclature_code: sku, quantity }));
    const body = { warehouse_id_1c: 1, observed_at: new Date().toISOString(), items };
    return (await post(this.graph.url, body)).status;
  }

  /** What each account of the ledger has, whoever's it is; accounts that are even are left out. */
  async books(): Promise<Record<string, string>> {
    const rows: { account: string; balance: Amount }[] = await this.people.alla.do(documents.paymentLedger);
    const accounts = [...new Set(rows.map(({ account }) => account))];
    return Object.fromEntries(
      accounts.map((name) => [name, sum(rows.filter(({ account }) => account === name).map(({ balance }) => balance))]),
    );
  }
}

async function gather(graph: TestGraph) {
  const bistro = demoPeople.restaurant.organization;
  return {
    roma: Trader.of(graph, graph.tokens.restaurant),
    rita: await Trader.join(graph, 'Rita', bistro),
    ruslan: await Trader.join(graph, 'Ruslan', bistro),
    dairy: Trader.of(graph, graph.tokens.supplier),
    fishery: await Trader.join(graph, 'Foma', supplierOf('fishery', 'Fishery')),
    bakery: await Trader.join(graph, 'Boris', supplierOf('bakery', 'Bakery')),
    farm: await Trader.join(graph, 'Fenya', supplierOf('farm', 'Farm')),
    scraper: Trader.of(graph, graph.tokens.service),
    katya: Trader.of(graph, graph.tokens.customer),
    stepan: Trader.of(graph, graph.tokens.staff),
    alla: Trader.of(graph, graph.tokens.admin),
  };
}

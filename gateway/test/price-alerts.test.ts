import { Mailbox } from '@gastronom/integrations/testing/mailbox';
import { Messengers, signingSecret, tokens as theirTokens } from '@gastronom/integrations/testing/messengers';
import { shopPage } from '@gastronom/price-tracking/testing/shop-page';
import { type ShopWeb, serveShops } from '@gastronom/price-tracking/testing/shop-web';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';
import { until } from './one-c-harness.ts';

const [nearby, faraway] = ['127.0.0.63', '127.0.0.64'];
const address = 'customer@gastronom.localhost';

/** What the shops ask at the moment; null where the page is gone. */
const prices: Record<string, string | null> = {};
let web: ShopWeb;
let mailbox: Mailbox;
let messengers: Messengers;

const pageOf = (shop: string) => (_: unknown, response: import('node:http').ServerResponse) => {
  const price = prices[shop];
  if (price) response.setHeader('content-type', 'text/html').end(shopPage({ title: 'Olives', price, currency: 'EUR' }));
  else response.writeHead(410).end();
};

beforeAll(async () => {
  [web, mailbox, messengers] = await Promise.all([
    serveShops({ [nearby]: { '/olives': pageOf(nearby) }, [faraway]: { '/olives': pageOf(faraway) } }),
    Mailbox.start(),
    Messengers.start(''),
  ]);
  Object.assign(process.env, {
    ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
    FETCH_DELAY_MS: '0',
    PRICE_PAGE_FAILURES: '1',
    SMTP_URL: mailbox.url,
    SMTP_FROM: 'Gastronom <prices@gastronom.example>',
  });
});
afterAll(async () => {
  delete process.env.SMTP_URL;
  delete process.env.SMTP_FROM;
  delete process.env.PRICE_PAGE_FAILURES;
  await Promise.all([web.close(), mailbox.stop(), messengers.stop()]);
});

/** Spaces that do not break are spaces to a reader. */
const plain = (text: string | undefined): string => (text ?? '').replace(/[\u00a0\u202f]/g, ' ');

describe.each(modes)('prices that are watched (%s)', (mode) => {
  let graph: TestGraph;
  let productId: string;

  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  const ask = async (query: string, variables: object = {}): Promise<any> => {
    const { data, errors } = await graph.query(query, { ...variables }, graph.tokens.customer);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const channel = (target: object) =>
    ask(
      'mutation ($input: CreateNotificationChannelInput!) { createNotificationChannel(input: $input) { userErrors { code } } }',
      { input: { name: 'x', target } },
    );

  /** The shops ask this from now on, and their pages are looked at. */
  const look = async (asked: Record<string, string | null>) => {
    Object.assign(prices, asked);
    const seen = web.visits.length;
    // What was looked at a moment ago is not looked at again.
    await graph.database.query(
      `UPDATE price_tracking.tracked_urls SET last_checked_at = last_checked_at - interval '1 hour'`,
    );
    await ask('mutation ($id: ID!) { refreshTrackedProduct(id: $id) { requested userErrors { code } } }', {
      id: productId,
    });
    await until('the shops are asked', () => web.visits.length >= seen + 2);
  };

  const letters = () =>
    until(
      'a letter',
      () => mailbox.letters.length > 0 && mailbox.take(address).map(({ subject, text }) => [subject, text]),
    );

  beforeAll(async () => {
    Object.assign(prices, { [nearby]: '12.00', [faraway]: '12.50' });
    graph = await startTestGraph(mode);
    const add =
      'mutation ($input: QuickAddByUrlInput!) { quickAddByUrl(input: $input) { product { id } userErrors { code } } }';
    const { quickAddByUrl } = await ask(add, { input: { url: web.url(nearby, '/olives') } });
    productId = quickAddByUrl.product.id;
    await ask('mutation ($input: AddTrackedUrlInput!) { addTrackedUrl(input: $input) { userErrors { code } } }', {
      input: { productId, url: web.url(faraway, '/olives') },
    });
    const rename = `mutation ($id: ID!) { updateTrackedProduct(input: { id: $id, targetPrice: { amount: "10", currencyCode: "EUR" } }) {
      userErrors { code } } }`;
    await ask(rename, { id: productId });
    const alert =
      'mutation ($input: CreatePriceAlertInput!) { createPriceAlert(input: $input) { userErrors { code } } }';
    // The target has one already.
    const input = { productId, kind: 'DROP_PERCENT', dropPercent: 20 };
    expect((await ask(alert, { input })).createPriceAlert).toEqual({ userErrors: [] });
    await channel({ gotify: { url: `${messengers.url}/gotify`, token: theirTokens.gotify } });
    await channel({ webhook: { url: `${messengers.url}/hook/prices`, secret: signingSecret } });
  });
  afterAll(() => graph.stop());

  it('are told by letter, to an app and to a webhook, and in one message for all alerts', async () => {
    await look({ [faraway]: '9.50' });

    const [[subject, text] = [], ...others] = await letters();
    expect([plain(subject), others]).toEqual(['Olives: €9.50', []]);
    expect(plain(text)).toContain(
      `${faraway} asks €9.50, before that €12.50. Your target is €10.00. That is 24 % less.`,
    );
    expect(text).toContain(web.url(faraway, '/olives'));
    const [push] = await until('the app is told', () => {
      const pushes = messengers.take(/gotify/);
      return pushes.length > 0 && pushes;
    });
    expect(push?.body).toMatchObject({
      title: 'Olives: €9.50',
      priority: 5,
      extras: { 'client::notification': { click: { url: web.url(faraway, '/olives') } } },
    });
    const [hook] = await until('the webhook is told', () => {
      const hooks = messengers.take(/hook/);
      return hooks.length > 0 && hooks;
    });
    expect(hook?.body).toMatchObject({
      type: 'notification.price_alert',
      data: {
        link: web.url(faraway, '/olives'),
        details: {
          ...{ productId, product: 'Olives', store: faraway, drop: 24, backInStock: false },
          price: { amount: '9.5', currency: 'EUR' },
          before: { amount: '12.5', currency: 'EUR' },
          target: { amount: '10', currency: 'EUR' },
          others: null,
        },
      },
    });
  });

  it('are told of in the language of who watches, when a page is gone', async () => {
    await ask(
      'mutation { updateNotificationSettings(input: { language: RU, kinds: [{ kind: PRICE_PAGE_FAILING, channels: [EMAIL] }] }) { userErrors { code } } }',
    );

    await look({ [nearby]: null });

    const [[subject, text] = [], ...others] = await letters();
    expect([subject, others]).toEqual([`${nearby}: не читается 1 страница`, []]);
    expect(text).toContain('Страницы товара «Olives» больше нет. Попыток подряд: 1. Последние цены остались прежними.');
    expect(messengers.take(/./)).toEqual([]);
    await ask('mutation { updateNotificationSettings(input: { language: EN }) { userErrors { code } } }');
  });

  it('are not told again when they are as they were', async () => {
    await look({ [nearby]: '12.00' });
    await until('the page is read', async () => {
      const { trackedProduct } = await ask('query ($id: ID!) { trackedProduct(id: $id) { urls { lastOutcome } } }', {
        id: productId,
      });
      return trackedProduct.urls.every(({ lastOutcome }: { lastOutcome: string }) => lastOutcome === 'OK');
    });

    const { raisedPriceAlerts } = await ask('{ raisedPriceAlerts { totalCount } }');
    expect(raisedPriceAlerts.totalCount).toBe(2);
    expect(mailbox.take()).toEqual([]);
  });
});

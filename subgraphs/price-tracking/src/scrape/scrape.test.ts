import { randomUUID } from 'node:crypto';
import type { JobImplementation } from '@gastronom/shared/jobs/job';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { coat, coats, goods, item, watchedQuery } from '../testing/lists-for-sale.ts';
import { type Person, Watchers } from '../testing/watchers.ts';
import { createScrapeListings } from './scrape-listings.job.ts';
import { createTidyScrapeJobs } from './tidy-scrape-jobs.job.ts';

let watchers: Watchers;
let job: JobImplementation;
let price = '40.00';

beforeAll(async () => {
  watchers = await Watchers.open({
    shops: {
      'www.depop.com': {
        '/search/': ({ url }, response) => {
          const second = url?.includes('cursor=two');
          response.end(
            second ? coats([coat('c3', '9.00')], null) : coats([coat('c1', price), coat('c2', '20')], 'two'),
          );
        },
        '/rendered': '<ul><li><a href="/products/c1/"><img alt="Coat"><p>£38.00</p></a></li></ul>',
      },
      'jp.mercari.com': {
        '/search': JSON.stringify({ items: [item('m10000001', 9999999), item('m10000002', 1200, 'sold_out')] }),
        '/empty': '<title>Nothing</title>',
      },
      'shop.test': {
        '/all': goods(['tea', 'jam', 'https://elsewhere.test/x'], '<link rel="next" href="/all/2">'),
        '/all/2': goods(['jam', 'rye'], '<link rel="next" href="/all/3">'),
        '/all/3': goods(['rye'], '<link rel="next" href="/all/4">'),
        '/broken': goods(['tea'], '<link rel="next" href="/walled">'),
        '/walled': { status: 403, body: 'No.' },
      },
      'closed.test': { '/robots.txt': 'User-agent: *\nDisallow: /', '*': goods(['tea']) },
    },
    names: { 'inside.test': ['127.0.0.2'] },
  });
  job = createScrapeListings(watchers.environment);
});
afterEach(async () => {
  price = '40.00';
  await watchers.empty();
  await watchers.subgraph.ownerQuery('TRUNCATE price_tracking.scrape_jobs');
});
afterAll(() => watchers.close());

const fields =
  'id url pages status pagesRead itemsFound itemsCreated itemsUpdated error { code message } startedAt finishedAt';

const scrape = async (url: string, pages = 1, who: Person = 'anna') =>
  (
    await watchers.ask(
      `mutation ($url: String!, $pages: Int!) { scrape(url: $url, pages: $pages) {
         isNew job { ${fields} } userErrors { code field } } }`,
      { url, pages },
      who,
    )
  ).scrape;

const look = async (id: string, who: Person = 'anna') =>
  (await watchers.ask(`query ($id: ID!) { scrapeJob(id: $id) { ${fields} } }`, { id }, who)).scrapeJob;

const attempt = { attempt: 1, isLastAttempt: true, signal: new AbortController().signal };
const work = (scrapeJobId: string, more: object = {}) =>
  job.run([{ ...attempt, id: randomUUID(), payload: { scrapeJobId }, ...more }]);

/** Asks for it, has it done, and looks what came of it. */
async function done(url: string, pages = 1) {
  const { job: asked } = await scrape(url, pages);
  await work(asked.id);
  return look(asked.id);
}

const watched = async (who: Person = 'anna') => (await watchers.ask(watchedQuery, {}, who)).trackedProducts.nodes;

const depop = () => watchers.web.url('www.depop.com', '/search/?q=coat');

describe('scrape', () => {
  it('watches what a marketplace lists, page by page, and brings it up to date when it is found again', async () => {
    const first = await done(depop(), 5);

    expect(first).toMatchObject({ status: 'DONE', error: null, pagesRead: 2, itemsFound: 3, itemsCreated: 3 });
    const [one] = await watched();
    expect(one).toEqual({
      name: 'Coat c1, warm',
      sku: 'DEPOP-1',
      condition: 'GOOD',
      size: 'M',
      urls: [
        {
          url: 'https://www.depop.com/products/c1/',
          isPrimary: true,
          availability: 'IN_STOCK',
          price: { amount: '40.00', currencyCode: 'GBP' },
          history: { nodes: [{ price: { amount: '40.00' } }] },
        },
      ],
    });

    price = '35.00';
    const again = await done(depop());

    expect(again).toMatchObject({ status: 'DONE', pagesRead: 1, itemsFound: 2, itemsCreated: 0, itemsUpdated: 2 });
    expect((await watched())[0].urls[0].history.nodes).toEqual([
      { price: { amount: '35.00' } },
      { price: { amount: '40.00' } },
    ]);
    expect(await watchers.counts('tracked_products', 'tracked_urls')).toEqual({ tracked_products: 3, tracked_urls: 3 });
  });

  it('knows what is sold, and 9999999 for no price', async () => {
    await done(watchers.web.url('jp.mercari.com', '/search'));

    expect(await watched()).toMatchObject([
      { sku: 'MERC-m10000001', urls: [{ price: null, history: { nodes: [] } }] },
      { sku: 'MERC-m10000002', urls: [{ availability: 'SOLD', price: { amount: '1200', currencyCode: 'JPY' } }] },
    ]);
  });

  it('reads the list of any shop that says what it lists, until it only repeats itself', async () => {
    const read = await done(watchers.web.url('shop.test', '/all'), 10);

    expect(read).toMatchObject({ status: 'DONE', pagesRead: 3, itemsFound: 3, itemsCreated: 3 });
    expect((await watched()).map(({ name, sku }: { name: string; sku: string | null }) => [name, sku])).toEqual([
      ['jam', null],
      ['rye', null],
      ['tea', null],
    ]);
    expect(await done(watchers.web.url('shop.test', '/all'))).toMatchObject({ itemsCreated: 0, itemsUpdated: 2 });
  });

  it('gives a page that was watched already the SKU of its listing', async () => {
    const id = await watchers.product('My coat');
    await watchers.page(id, 'https://www.depop.com/products/c1/');

    expect(await done(depop())).toMatchObject({ itemsFound: 2, itemsCreated: 1, itemsUpdated: 1 });

    expect((await watched()).map(({ name, sku }: { name: string; sku: string }) => [name, sku])).toEqual([
      ['Coat c2, warm', 'DEPOP-2'],
      ['My coat', 'DEPOP-1'],
    ]);
  });

  it('keeps the SKU of a listing that is shown without its number', async () => {
    await done(depop());
    const shown = watchers.web.url('www.depop.com', '/rendered');

    expect(await done(shown)).toMatchObject({ status: 'DONE', itemsFound: 1, itemsCreated: 0, itemsUpdated: 1 });
    expect((await watched()).map(({ sku }: { sku: string }) => sku)).toEqual(['DEPOP-1', 'DEPOP-2']);
  });

  it('ends in the same state when it is done twice, or by two at once', async () => {
    const { job: asked } = await scrape(depop(), 2);

    await Promise.all([work(asked.id), work(asked.id)]);
    await work(asked.id);

    expect(await look(asked.id)).toMatchObject({ status: 'DONE', pagesRead: 2, itemsFound: 3, itemsCreated: 3 });
    expect(await watchers.counts('tracked_products', 'price_points')).toEqual({ tracked_products: 3, price_points: 3 });
  });

  it('goes on where it was when it is taken up anew', async () => {
    const { job: asked } = await scrape(depop(), 2);
    const stopped = new AbortController();
    stopped.abort(new Error('the process stops'));
    await expect(work(asked.id, { signal: stopped.signal, isLastAttempt: false })).rejects.toThrow();
    expect(await look(asked.id)).toMatchObject({ status: 'RUNNING', pagesRead: 0 });
    await work(asked.id);

    expect(await look(asked.id)).toMatchObject({ status: 'DONE', pagesRead: 2, itemsCreated: 3 });
  });

  it('keeps what it found before a page is refused, and says why', async () => {
    const read = await done(watchers.web.url('shop.test', '/broken'), 3);

    expect(read).toMatchObject({ status: 'FAILED', pagesRead: 1, itemsCreated: 1 });
    expect(read.error).toEqual({ code: 'HTTP_403', message: expect.any(String) });
    expect(await watchers.counts('tracked_products')).toEqual({ tracked_products: 1 });
  });

  it.each([
    ['closed.test', '/all', 'ROBOTS'],
    ['inside.test', '/', 'BLOCKED_ADDRESS'],
    ['jp.mercari.com', '/empty', 'NO_LISTINGS'],
  ])('fails at http://%s%s, and watches nothing: %s', async (host, path, code) => {
    expect(await done(watchers.web.url(host, path))).toMatchObject({
      status: 'FAILED',
      error: { code },
      itemsFound: 0,
    });

    expect(await watchers.counts('tracked_products', 'stores')).toEqual({ tracked_products: 0, stores: 0 });
    expect(watchers.web.trespasses).toEqual([]);
  });

  it('gives up what got no further for hours, and forgets what ended long ago', async () => {
    const { job: lost } = await scrape(depop());
    const old = await done(watchers.web.url('shop.test', '/all'));
    await watchers.subgraph.ownerQuery(
      `UPDATE price_tracking.scrape_jobs SET moved_at = now() - interval '5 hours', finished_at = finished_at - interval '91 days'`,
    );
    const tidy = createTidyScrapeJobs(watchers.environment);

    await tidy.run([{ ...attempt, id: randomUUID(), payload: {} }]);

    expect(await look(lost.id)).toMatchObject({ status: 'FAILED', error: { code: 'LOST' } });
    expect(await look(old.id)).toBeNull();
    expect((await scrape(depop())).isNew).toBe(true);
  });

  it('reads a list once at a time for each who wants it', async () => {
    const answers = await Promise.all([scrape(depop()), scrape(depop()), scrape(`${depop()}&utm_source=mail`)]);

    expect(answers.map(({ isNew }) => isNew).sort()).toEqual([false, false, true]);
    expect(new Set(answers.map(({ job: { id } }) => id)).size).toBe(1);
    expect((await scrape(depop(), 1, 'boris')).isNew).toBe(true);
  });

  it.each([
    ['ftp://depop.com/', 1, 'INVALID_URL', 'url'],
    ['http://127.0.0.2/', 1, 'BLOCKED_ADDRESS', 'url'],
    ['https://www.depop.com/search/', 0, 'OUT_OF_RANGE', 'pages'],
    ['https://www.depop.com/search/', 21, 'OUT_OF_RANGE', 'pages'],
  ])('refuses %s with %s pages: %s', async (url, pages, code, field) => {
    expect(await scrape(url, pages)).toEqual({ isNew: false, job: null, userErrors: [{ code, field: [field] }] });

    expect(await watchers.counts('scrape_jobs')).toEqual({ scrape_jobs: 0 });
  });
});

describe('scrapeJobs', () => {
  it('lists one’s own, the newest first, by pages; those of others look like none', async () => {
    const ids: string[] = [];
    for (const path of ['/1', '/2', '/3']) ids.unshift((await scrape(watchers.web.url('shop.test', path))).job.id);
    await scrape(watchers.web.url('shop.test', '/4'), 1, 'boris');
    const query = `query ($after: String, $status: ScrapeStatus) { scrapeJobs(first: 2, after: $after, status: $status) {
      nodes { id } totalCount pageInfo { hasNextPage endCursor } } }`;

    const { scrapeJobs: first } = await watchers.ask(query);
    const { scrapeJobs: rest } = await watchers.ask(query, { after: first.pageInfo.endCursor });

    expect([...first.nodes, ...rest.nodes].map(({ id }: { id: string }) => id).sort()).toEqual([...ids].sort());
    expect([first.totalCount, first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([3, true, false]);
    expect((await watchers.ask(query, { status: 'DONE' })).scrapeJobs.nodes).toEqual([]);
    expect(await look(ids[0] ?? '', 'boris')).toBeNull();
    expect(await look('none')).toBeNull();
  });
});

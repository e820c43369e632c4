import { setImmediate } from 'node:timers/promises';
import { createLogger } from '@gastronom/shared/logger';
import { printMetrics, readMetrics } from '@gastronom/shared/metrics';
import { createTestSubgraph, type TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { priceTracking } from '../../subgraph.ts';
import { FakeTime, until } from '../../testing/fake-time.ts';
import { flaky } from '../../testing/shop-faults.ts';
import { shopPage } from '../../testing/shop-page.ts';
import { type ShopHandler, type ShopWeb, send, serveShops } from '../../testing/shop-web.ts';
import { closeFetchers, createEnvironmentFetcher } from '../environment-fetcher.ts';
import type { PageFetcher } from '../fetched-page.ts';
import { fetchingVariables } from '../fetching-settings.ts';
import { reallySleep } from '../fetching-tools.ts';
import { HostTurnRepository } from './host-turn.repository.ts';

const page = shopPage();
const paths = (count: number, prefix = '/p') => Array.from({ length: count }, (_, place) => `${prefix}${place}`);
let time: FakeTime;
let web: ShopWeb;

beforeEach(async () => {
  time = new FakeTime();
  web = await serveShops({ 'tea.test': { '*': page }, 'cake.test': { '*': page } }, { clock: time.clock });
});
afterEach(() => web.close());

const fetcherWith = (settings: Record<string, string>): PageFetcher =>
  web.fetcher(
    { FETCH_CONCURRENCY: '1', FETCH_DELAY_MS: '1000', ...settings },
    { clock: time.clock, sleep: time.sleep },
  );

const fetchAll = (fetcher: PageFetcher, host: string, asked: readonly string[]) =>
  Promise.all(asked.map((path) => fetcher.fetch({ url: web.url(host, path) })));

/** The time between one visit and the next, as the shop has seen them. */
const gaps = (host: string): number[] => {
  const visits = web.visitsTo(host);
  return visits.slice(1).map(({ at }, place) => at - (visits[place]?.at ?? 0));
};

/** Lets time pass, each time when somebody sleeps, until a shop has been visited so often. */
async function passUntil(host: string, visits: number): Promise<void> {
  while (web.visitsTo(host).length < visits) {
    // What needs no time comes first.
    await setImmediate();
    const before = web.visitsTo(host).length;
    await until(() => time.sleeping > 0 || web.visitsTo(host).length > before);
    if (web.visitsTo(host).length > before) continue;
    time.advance();
    await until(() => web.visitsTo(host).length > before);
  }
}

describe('a host', () => {
  it('is visited once in so much time, in the order in which it was asked for', async () => {
    const all = fetchAll(fetcherWith({ FETCH_DELAY_MS: '3000' }), 'tea.test', paths(6));

    await passUntil('tea.test', 6);

    expect((await all).map(({ kind }) => kind)).toEqual(paths(6).map(() => 'PAGE'));
    expect(web.paths('tea.test')).toEqual(paths(6));
    expect(gaps('tea.test')).toEqual([3000, 3000, 3000, 3000, 3000]);
  });

  it('is visited as seldom as its robots.txt wants, which is asked for once', async () => {
    web.put('tea.test', '/robots.txt', {
      headers: { 'content-type': 'text/plain' },
      body: 'User-agent: *\nCrawl-delay: 7\nDisallow: /basket\n\nUser-agent: OtherBot\nCrawl-delay: 60\n',
    });
    const fetcher = fetcherWith({});
    const all = fetchAll(fetcher, 'tea.test', paths(4));

    await passUntil('tea.test', 4);

    await all;
    expect(gaps('tea.test')).toEqual([7000, 7000, 7000]);
    const forbidden = await fetcher.fetch({ url: web.url('tea.test', '/basket?add=1') });
    expect(forbidden).toMatchObject({ kind: 'BLOCKED', code: 'ROBOTS' });
    expect(web.paths('tea.test')).toEqual(paths(4));
    expect(web.visits.filter(({ path }) => path === '/robots.txt')).toHaveLength(1);
  });

  it('is visited as seldom as its store wants, and never more often than the installation', async () => {
    const fetcher = fetcherWith({});
    const ask = (path: string, delayMs: number) =>
      fetcher.fetch({ url: web.url('tea.test', path), politeness: { delayMs, concurrency: 9 } });
    const all = Promise.all([ask('/p0', 5_000), ask('/p1', 0), ask('/p2', 0)]);

    await passUntil('tea.test', 3);

    await all;
    expect(gaps('tea.test')).toEqual([5000, 1000]);
  });

  it('is not visited early because the visit before came late', async () => {
    const all = fetchAll(fetcherWith({ FETCH_CONCURRENCY: '3' }), 'tea.test', paths(3));
    await until(() => web.visitsTo('tea.test').length === 1 && time.sleeping === 2);

    time.advance(700);
    await until(() => web.visitsTo('tea.test').length === 2);
    time.advance();
    await until(() => time.sleeping > 0);
    await passUntil('tea.test', 3);

    await all;
    expect(gaps('tea.test')).toEqual([1700, 1000]);
  });

  it('does not hold another one up', async () => {
    const fetcher = fetcherWith({ FETCH_DELAY_MS: '60000' });
    const slow = fetchAll(fetcher, 'tea.test', paths(3));
    await until(() => web.paths('tea.test').length === 1);

    await fetchAll(fetcher, 'cake.test', ['/p0']);

    expect(web.paths('tea.test')).toHaveLength(1);
    await passUntil('tea.test', 3);
    await slow;
  });

  it('is visited by so many at a time, however many there are', async () => {
    const held: (() => void)[] = [];
    let most = 0;
    const hold: ShopHandler = (_request, response) => {
      held.push(() => send(response, page));
      most = Math.max(most, held.length);
    };
    web.put('tea.test', '*', hold);
    const all = fetchAll(fetcherWith({ FETCH_DELAY_MS: '0', FETCH_CONCURRENCY: '3' }), 'tea.test', paths(9));

    for (let answered = 0; answered < 9; answered += 1) {
      const inside = Math.min(3, 9 - answered);
      await until(() => held.length === inside);
      held.shift()?.();
    }

    await all;
    expect(most).toBe(3);
  });

  it('is one of many, of whom so many are visited at a time', async () => {
    const hosts = ['tea.test', 'cake.test'];
    const held: (() => void)[] = [];
    let most = 0;
    const hold: ShopHandler = (_request, response) => {
      held.push(() => send(response, page));
      most = Math.max(most, held.length);
    };
    for (const host of hosts) web.put(host, '*', hold);
    for (const host of hosts) web.put(host, '/robots.txt', { status: 404 });
    const fetcher = fetcherWith({ FETCH_DELAY_MS: '0', FETCH_CONCURRENCY: '4', FETCH_TOTAL_CONCURRENCY: '3' });
    const all = Promise.all(hosts.map((host) => fetchAll(fetcher, host, paths(5))));

    for (let answered = 0; answered < 10; answered += 1) {
      const inside = Math.min(3, 10 - answered);
      await until(() => held.length === inside);
      held.shift()?.();
    }

    await all;
    expect(most).toBe(3);
  });

  it('is left alone by everybody for as long as it asks for', async () => {
    web.put('tea.test', '/p0', flaky(1, { status: 429, headers: { 'retry-after': '120' } }, page));
    const all = fetchAll(fetcherWith({}), 'tea.test', paths(3));

    await passUntil('tea.test', 4);

    expect((await all).map(({ kind }) => kind)).toEqual(['PAGE', 'PAGE', 'PAGE']);
    const [first, ...later] = gaps('tea.test');
    expect(first).toBeGreaterThanOrEqual(120_000);
    for (const gap of later) expect(gap).toBeGreaterThanOrEqual(1000);
  });

  it('that wants to be left alone for long is not waited for', async () => {
    web.put('tea.test', '/p0', { status: 429, headers: { 'retry-after': '7200' } });
    const fetcher = fetcherWith({});

    const [refused] = await fetchAll(fetcher, 'tea.test', ['/p0']);
    const [next] = await fetchAll(fetcher, 'tea.test', ['/p1']);

    expect(refused).toMatchObject({ kind: 'BLOCKED', code: 'HTTP_429', retryAfterMs: 7_200_000 });
    expect(next).toMatchObject({ kind: 'FETCH_ERROR', code: 'BUSY', retryAfterMs: 7_200_000 });
    expect(web.paths('tea.test')).toEqual(['/p0']);
  });
});

describe('somebody who waits for an answer', () => {
  it('is told at once that the turn would come too late', async () => {
    const fetcher = fetcherWith({ FETCH_DELAY_MS: '60000' });
    await fetchAll(fetcher, 'tea.test', ['/p0']);

    const answer = await fetcher.fetch({ url: web.url('tea.test', '/p1'), deadline: time.clock() + 8_000 });

    expect(answer).toMatchObject({ kind: 'FETCH_ERROR', code: 'BUSY', retryAfterMs: 60_000, stats: { waitedMs: 0 } });
    expect(web.paths('tea.test')).toEqual(['/p0']);
  });

  it('is told so as well while others have the next turns', async () => {
    const fetcher = fetcherWith({ FETCH_DELAY_MS: '60000' });
    const others = fetchAll(fetcher, 'tea.test', paths(3));
    await until(() => web.paths('tea.test').length === 1 && time.sleeping === 1);

    const answer = await fetcher.fetch({ url: web.url('tea.test', '/quick'), deadline: time.clock() + 8_000 });

    expect(answer).toMatchObject({ kind: 'FETCH_ERROR', code: 'BUSY' });
    await passUntil('tea.test', 3);
    await others;
  });

  it('goes before those who have time', async () => {
    const fetcher = fetcherWith({});
    const others = fetchAll(fetcher, 'tea.test', paths(4));
    await until(() => web.paths('tea.test').length === 1 && time.sleeping === 1);

    const urgent = fetcher.fetch({ url: web.url('tea.test', '/quick'), deadline: time.clock() + 3_600_000 });
    await passUntil('tea.test', 5);

    expect(await urgent).toMatchObject({ kind: 'PAGE' });
    await others;
    expect(web.paths('tea.test')).toEqual(['/p0', '/p1', '/quick', '/p2', '/p3']);
  });
});

describe('a site', () => {
  const robots = (status: number, body = '') => ({ status, headers: { 'content-type': 'text/plain' }, body });

  it.each([
    ['allows all', 200, 'User-agent: *\nAllow: /', 'PAGE'],
    ['has none', 404, '', 'PAGE'],
    ['refuses its robots.txt', 403, '', 'PAGE'],
    ['allows us alone', 200, 'User-agent: *\nDisallow: /\n\nUser-agent: GastronomBot\nAllow: /', 'PAGE'],
    ['has an end in its rule', 200, 'User-agent: *\nDisallow: /*.pdf$', 'PAGE'],
    ['forbids all', 200, 'User-agent: *\nDisallow: /', 'ROBOTS'],
    ['forbids us', 200, 'User-agent: gastronombot\nDisallow: /', 'ROBOTS'],
    ['forbids the page', 200, '\uFEFFUser-agent: *\nDisallow: /tea*\nAllow: /tea/black', 'ROBOTS'],
    ['does not say at the moment', 503, '', 'ROBOTS_UNKNOWN'],
  ])('that %s', async (_what, status, body, outcome) => {
    web.put('cake.test', '/robots.txt', robots(status, body));
    const fetcher = fetcherWith({ FETCH_RETRIES: '0' });

    const fetched = await fetcher.fetch({ url: web.url('cake.test', '/tea/green') });

    expect('code' in fetched ? fetched.code : fetched.kind).toBe(outcome);
    expect(web.paths('cake.test')).toEqual(outcome === 'PAGE' ? ['/tea/green'] : []);
  });

  it('whose rules are made to keep us busy is read all the same', async () => {
    const rules = Array.from({ length: 5_000 }, () => `Disallow: /*${'a*'.repeat(40)}b`).join('\n');
    web.put('cake.test', '/robots.txt', robots(200, `User-agent: *\n${rules}\nDisallow: /secret`));
    const fetcher = fetcherWith({ FETCH_DELAY_MS: '0' });

    const [open, secret] = await fetchAll(fetcher, 'cake.test', [`/${'a'.repeat(3_000)}`, '/secret']);

    expect(open?.kind).toBe('PAGE');
    expect(secret).toMatchObject({ code: 'ROBOTS' });
  });

  it('is asked again for its robots.txt after a day', async () => {
    const fetcher = fetcherWith({ FETCH_DELAY_MS: '0' });
    const asked = () => web.visits.filter(({ path }) => path === '/robots.txt').length;
    await fetchAll(fetcher, 'cake.test', ['/p0', '/p1']);
    expect(asked()).toBe(1);

    const day = time.sleep(86_400_001, new AbortController().signal);
    time.advance();
    await day;
    await fetchAll(fetcher, 'cake.test', ['/p2']);

    expect(asked()).toBe(2);
  });
});

describe('turns of all processes', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await createTestSubgraph(priceTracking);
  });
  afterAll(() => subgraph.close());

  it('are each somebody’s own', async () => {
    const [one, other] = [0, 1].map(() => new HostTurnRepository(subgraph.dataSource.manager));
    const wish = { delayMs: 60_000, longestWaitMs: 3_600_000 };

    const turns = await Promise.all(
      Array.from({ length: 20 }, (_, place) => (place % 2 ? one : other)?.reserve('tea.test', wish)),
    );

    // A turn is a minute after another, whatever time the statements took.
    const minutes = turns.map((turn) => Math.round((turn?.waitMs ?? 0) / 60_000)).sort((a, b) => a - b);
    expect(minutes).toEqual(Array.from({ length: 20 }, (_, place) => place));
  });

  it('hold for fetchers that share nothing but the database', async () => {
    const delayMs = 150;
    const manners = { FETCH_DELAY_MS: String(delayMs), FETCH_CONCURRENCY: '2' };
    const shops = await serveShops({ 'tea.test': { '*': page } });
    const fetchers = [0, 1, 2].map(() =>
      shops.fetcher(manners, {
        turns: new HostTurnRepository(subgraph.dataSource.manager),
        clock: Date.now,
        sleep: reallySleep,
      }),
    );
    await fetchers[0]?.fetch({ url: shops.url('tea.test', '/robots-are-welcome') });
    const begun = Date.now();

    await Promise.all(paths(12).map((path, place) => fetchers[place % 3]?.fetch({ url: shops.url('tea.test', path) })));

    // No visit comes before its turn, however slow this machine is; a timer may be some milliseconds early.
    const passed = shops
      .visitsTo('tea.test')
      .slice(1)
      .map(({ at }) => at - begun);
    expect(passed).toHaveLength(12);
    for (const [place, ms] of passed.entries()) expect(ms).toBeGreaterThanOrEqual(place * delayMs - 20);
    await shops.close();
  });

  it('that come too late are not taken', async () => {
    const turns = new HostTurnRepository(subgraph.dataSource.manager);
    const wish = { delayMs: 600_000, longestWaitMs: 60_000 };
    expect(await turns.reserve('cake.test', wish)).toEqual({ waitMs: 0, isTooLate: false });

    const late = [await turns.reserve('cake.test', wish), await turns.reserve('cake.test', wish)];

    for (const turn of late) {
      expect(turn.isTooLate).toBe(true);
      expect(Math.round(turn.waitMs / 600_000)).toBe(1);
    }
  });

  it('wait for who wants to be left alone, and are forgotten when nobody asks', async () => {
    const turns = new HostTurnRepository(subgraph.dataSource.manager);
    await turns.postpone('rude.test', 7_200_000);
    await turns.postpone('rude.test', 1_000);

    const turn = await turns.reserve('rude.test', { delayMs: 0, longestWaitMs: 1_000 });

    expect(turn.isTooLate).toBe(true);
    await subgraph.ownerQuery(`UPDATE price_tracking.host_turns SET next_at = now() - interval '25 hours'`);
    expect(await turns.deletePassed()).toBeGreaterThan(0);
    expect(await subgraph.ownerQuery('SELECT FROM price_tracking.host_turns')).toEqual([]);
  });

  it('are those of an environment’s fetcher, which ends with it', async () => {
    const shops = await serveShops({ '127.0.0.1': { '/tea': page } });
    const { dataSource, jobs, broadcast } = subgraph;
    const subgraphs = () => subgraph.transport;
    const environment = { dataSource, jobs, broadcast, subgraphs, logger: createLogger('test', 'silent') };
    const settings = z.object(fetchingVariables).parse({ ALLOW_PRIVATE_ADDRESSES: '127.0.0.1/32' });
    const fetcher = createEnvironmentFetcher(environment, settings, Date.now);

    const fetched = await fetcher.fetch({ url: shops.url('127.0.0.1', '/tea') });
    const elsewhere = await fetcher.fetch({ url: shops.url('127.0.0.2', '/tea') });
    await closeFetchers(environment);

    expect(fetched).toMatchObject({ kind: 'PAGE', text: page });
    expect(elsewhere).toMatchObject({ code: 'PRIVATE_ADDRESS' });
    expect(shops.trespasses).toEqual([]);
    const turns = await subgraph.ownerQuery(`SELECT host FROM price_tracking.host_turns WHERE host LIKE '127.%'`);
    expect(turns).toEqual([{ host: `127.0.0.1:${shops.port}` }]);
    const counted = await printMetrics([await readMetrics()]);
    expect(counted).toMatch(/gastronom_page_fetches_total\{outcome="FETCH_ERROR",code="PRIVATE_ADDRESS"\} \d+/);
    expect(counted).not.toContain('.test');
    await expect(fetcher.fetch({ url: shops.url('127.0.0.1', '/more') })).rejects.toThrow('the process stops');
    await shops.close();
  });
});

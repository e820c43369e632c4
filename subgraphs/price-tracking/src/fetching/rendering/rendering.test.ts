import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RenderingStandIn, type Show, serveRendering } from '../../testing/rendering-stand-in.ts';
import { challenge, redirectTo } from '../../testing/shop-faults.ts';
import { shopPage } from '../../testing/shop-page.ts';
import { type ShopWeb, sentinelAddress, serveShops } from '../../testing/shop-web.ts';
import type { PageFetcher } from '../fetched-page.ts';

let web: ShopWeb;

/** Its price comes by script; and its script asks for all that it should not. */
const scripted = (port: number): string => `<!doctype html><title>Green tea</title><h1>Green tea</h1><p id="price"></p>
<img src="http://${sentinelAddress}:${port}/image"><iframe src="http://inside.test:${port}/frame"></iframe>
<script>
  for (const host of ['${sentinelAddress}', 'inside.test', '[::ffff:127.0.0.2]', '2130706434']) {
    fetch('http://' + host + ':${port}/script', { mode: 'no-cors' }).catch(() => undefined);
    navigator.sendBeacon('http://' + host + ':${port}/beacon', 'tea');
    try { new WebSocket('ws://' + host + ':${port}/socket'); } catch { document.title += '.'; }
    const link = document.createElement('link');
    link.rel = 'prefetch'; link.href = 'http://' + host + ':${port}/prefetch';
    document.head.append(link);
  }
  fetch('/price.json').then((answer) => answer.json()).then(({ price }) => {
    document.getElementById('price').textContent = price + ' EUR';
  });
</script>`;

beforeAll(async () => {
  web = await serveShops(
    {
      'tea.test': {
        '/price.json': { headers: { 'content-type': 'application/json' }, body: '{"price":"4.90"}' },
        '/away': redirectTo('/further'),
        '/green': shopPage(),
        '/challenge': challenge,
        '/endless': '<script>addEventListener("load", () => setTimeout(() => { for (;;); }))</script>Tea',
        '/robots.txt': { headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nDisallow: /secret' },
        '/download': {
          headers: { 'content-type': 'application/zip', 'content-disposition': 'attachment' },
          body: Buffer.alloc(100),
        },
      },
    },
    { names: { 'inside.test': [sentinelAddress] } },
  );
  web.put('tea.test', '/scripted', scripted(web.port));
  web.put('tea.test', '/further', redirectTo(`http://inside.test:${web.port}/`));
});
afterAll(() => web.close());

describe('a rendering service', () => {
  let service: RenderingStandIn;
  let fetcher: PageFetcher;
  let show: Show;
  const render = (path: string, host = 'tea.test') =>
    fetcher.fetch({ url: web.url(host, path), rendering: 'SERVICE', locale: 'de-AT' });

  beforeAll(async () => {
    service = await serveRendering((url) => show(url));
    fetcher = web.fetcher({ SCRAPER_BASE_URL: service.url });
  });
  afterAll(() => service.close());

  it('shows the page of a store that wants it so', async () => {
    show = (url) => ({ url: `${url}?seen`, html: shopPage() });

    const page = await render('/green');

    expect(page).toMatchObject({ kind: 'PAGE', url: web.url('tea.test', '/green?seen'), text: shopPage() });
    const { query, authorization } = service.asked.at(-1) ?? {};
    expect(authorization).toBe(`Basic ${Buffer.from('reader:s@lt').toString('base64')}`);
    expect(Object.fromEntries(query ?? [])).toMatchObject({
      url: web.url('tea.test', '/green'),
      'full-content': 'true',
      cache: 'false',
      locale: 'de-AT',
    });
    // The shop itself was asked for its robots.txt alone.
    expect(web.paths('tea.test')).toEqual([]);
  });

  it.each([
    ['fails', () => 500, 'RENDERING_FAILED', 3],
    ['cannot show the page', () => 422, 'RENDERING_FAILED', 1],
    [
      'ends at a private address',
      () => ({ url: `http://${sentinelAddress}/`, html: shopPage() }),
      'PRIVATE_ADDRESS',
      1,
    ],
    ['ends at a name of one', () => ({ url: 'http://inside.test/', html: shopPage() }), 'PRIVATE_ADDRESS', 1],
    ['meets a wall', (url: string) => ({ url, html: String(challenge.body) }), 'BOT_WALL', 1],
    ['shows too much', (url: string) => ({ url, html: 'tea '.repeat(3_000_000) }), 'TOO_LARGE', 1],
  ] satisfies [string, Show, string, number][])('that %s', async (_what, shows, code, tries) => {
    show = shows;

    expect(await render('/green')).toMatchObject({ code, stats: { tries } });
  });

  it.each([
    ['a private address', '/', sentinelAddress, 'PRIVATE_ADDRESS'],
    ['a name of one', '/', 'inside.test', 'PRIVATE_ADDRESS'],
    ['what robots.txt forbids', '/secret', 'tea.test', 'ROBOTS'],
  ])('is not asked for %s', async (_what, path, host, code) => {
    const before = service.asked.length;

    expect(await render(path, host)).toMatchObject({ code });

    expect(service.asked).toHaveLength(before);
    expect(web.trespasses).toEqual([]);
  });

  it('that is not set up is no secret', async () => {
    const bare = web.fetcher();

    const fetched = await bare.fetch({ url: web.url('tea.test', '/green'), rendering: 'BROWSER' });

    expect(fetched).toMatchObject({ kind: 'FETCH_ERROR', code: 'NO_RENDERING' });
  });
});

const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const describeWithBrowser = browserPath ? describe : describe.skip;

describeWithBrowser('the project’s own browser', () => {
  let fetcher: PageFetcher;
  const render = (path: string) => fetcher.fetch({ url: web.url('tea.test', path), rendering: 'BROWSER' });

  beforeAll(() => {
    fetcher = web.fetcher({ BROWSER_PATH: String(browserPath), BROWSER_SANDBOX: 'false' });
  });

  it('shows what scripts have written, and lets them reach nothing private', async () => {
    const page = await render('/scripted');

    expect(page).toMatchObject({ kind: 'PAGE', text: expect.stringContaining('<p id="price">4.90 EUR</p>') });
    expect(web.trespasses).toEqual([]);
    expect(web.visitsTo('tea.test').find(({ path }) => path === '/price.json')?.headers['user-agent']).toContain(
      'GastronomBot',
    );
  });

  it('gives a page up whose script never ends', async () => {
    const hasty = web.fetcher({
      BROWSER_PATH: String(browserPath),
      BROWSER_SANDBOX: 'false',
      FETCH_TIMEOUT_MS: '3000',
    });

    const fetched = await hasty.fetch({ url: web.url('tea.test', '/endless'), rendering: 'BROWSER' });

    expect(fetched).toMatchObject({ kind: 'FETCH_ERROR', code: 'TIMEOUT' });
    await hasty.close();
  });

  it.each([
    ['/away', 'FETCH_ERROR', 'PRIVATE_ADDRESS'],
    ['/nothing', 'GONE', 'HTTP_404'],
    ['/challenge', 'BLOCKED', 'BOT_WALL'],
    ['/secret', 'BLOCKED', 'ROBOTS'],
    ['/download', 'FETCH_ERROR', 'RENDERING_FAILED'],
  ])('says of %s: %s %s', async (path, kind, code) => {
    expect(await render(path)).toMatchObject({ kind, code });
    expect(web.trespasses).toEqual([]);
  });
});

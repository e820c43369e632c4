import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../testing/fake-time.ts';
import * as fault from '../testing/shop-faults.ts';
import { shopPage } from '../testing/shop-page.ts';
import { type ShopHandler, type ShopWeb, send, serveShops } from '../testing/shop-web.ts';
import type { PageFetcher } from './fetched-page.ts';

const green = shopPage();
const cyrillic = shopPage({ title: 'Чай зелёный, 100 г', currency: 'RUB' });
const chinese = shopPage({ title: '绿茶一百克，特级', currency: 'CNY' });
const japanese = shopPage({ title: '緑茶 百グラム', currency: 'JPY' });
const packed = (encoding: string, body: Buffer) => ({ headers: { 'content-encoding': encoding }, body });

const inParts: ShopHandler = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  for (let at = 0; at < green.length; at += 50) response.write(green.slice(at, at + 50));
  response.end();
};

const flood = fault.endless();
const bomb = fault.gzipBomb(2_000);
const doubleBomb = gzipSync(gzipSync(Buffer.alloc(100 * 1_048_576, 0x20)));
let web: ShopWeb;
let fetcher: PageFetcher;

const fetchPage = (path: string, host = 'tea.test') => fetcher.fetch({ url: web.url(host, path) });

beforeAll(async () => {
  web = await serveShops({
    'tea.test': {
      '/green': green,
      '/json': { headers: { 'content-type': 'application/json' }, body: '{"price":"4.90"}' },
      '/untyped': { headers: { 'content-type': '' }, body: green },
      '/parts': inParts,
      '/gzip': packed('gzip', gzipSync(green)),
      '/br': packed('br', brotliCompressSync(green)),
      '/zstd': packed('zstd', zstdCompressSync(green)),
      '/deflate': packed('deflate', deflateSync(green)),
      '/bare-deflate': packed('deflate', deflateRawSync(green)),
      '/twice': packed('gzip, br', brotliCompressSync(gzipSync(green))),
      '/cp1251': fault.inCharset(cyrillic, 'windows-1251'),
      '/cp1251-meta': fault.inCharset(`<meta charset="windows-1251">${cyrillic}`, 'windows-1251', false),
      '/koi8': fault.inCharset(cyrillic, 'koi8-r'),
      '/gbk': fault.inCharset(chinese, 'gbk'),
      '/gb2312-meta': fault.inCharset(
        `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">${chinese}`,
        'gbk',
        false,
      ),
      '/shift-jis': fault.inCharset(japanese, 'shift_jis'),
      '/utf8-called-latin1': { headers: { 'content-type': 'text/html; charset=iso-8859-1' }, body: cyrillic },
      '/hop': fault.redirectTo('/green', 301),
      '/hops': fault.redirectTo('hops/2'),
      '/hops/2': fault.redirectTo('3', 307),
      '/hops/3': (request, response) =>
        send(response, fault.redirectTo(`http://${request.headers.host?.replace('tea', 'green')}/far`, 308)),
      '/unwritten': fault.redirectTo('/чай'),
      '/%D1%87%D0%B0%D0%B9': green,
      '/refresh': '<meta http-equiv="refresh" content="0; url=/refreshed?a=1&amp;b=2"><p>You are sent on.</p>',
      '/refreshed': green,
      '/cookie': fault.behindCookie(green),
      '/breaks-once': fault.breaking(1, green),
      '/breaks': fault.breaking(99, green),
      '/503-twice': fault.flaky(2, { status: 503, body: 'busy' }, green),
      '/503': { status: 503, body: 'busy' },
      '/500': { status: 500, body: 'broken' },
      '/418': { status: 418, body: 'a teapot' },
      '/410': { status: 410 },
      '/204': { status: 204 },
      '/304': { status: 304 },
      '/403': { status: 403, body: 'no' },
      '/401': { status: 401 },
      '/challenge': fault.challenge,
      '/challenge-200': { body: fault.challenge.body ?? '' },
      '/challenge-503': { ...fault.challenge, status: 503 },
      '/challenge-header': { status: 200, headers: { 'cf-mitigated': 'challenge' }, body: '<title>Tea</title>' },
      '/consent': fault.redirectTo('/cookie-wall?back=%2Fconsent'),
      '/cookie-wall': '<!doctype html><title>Tea shop</title><p>Agree to our cookies to go on.</p>',
      '/circle': fault.redirectTo('/circle/2'),
      '/circle/2': fault.redirectTo('/circle'),
      '*': (request, response) => {
        const at = Number(/^\/far\/(\d+)$/.exec(request.url ?? '')?.[1] ?? Number.NaN);
        if (Number.isNaN(at)) send(response, { status: 404, body: 'There is no such page.' });
        else send(response, fault.redirectTo(`/far/${at + 1}`));
      },
      '/flood': flood.page,
      '/says-flood': (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html', 'content-length': '5000000000' });
        response.write('<!doctype html>');
      },
      '/bomb': bomb.page,
      '/bomb-in-bomb': packed('gzip, gzip', doubleBomb),
      '/packed-often': packed('gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(green)))),
      '/packed-oddly': packed('compress', Buffer.from(green)),
      '/not-packed': packed('gzip', Buffer.from(green)),
      '/truncated': fault.truncated,
      '/truncated-gzip': fault.truncatedGzip,
      '/image': { headers: { 'content-type': 'image/jpeg' }, body: Buffer.alloc(1_000) },
      '/video': { headers: { 'content-type': 'video/mp4' }, body: Buffer.alloc(1_000) },
      '/pdf': { headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7' },
      '/empty': ' \n',
      '/headers': fault.hugeHeaders,
      '/silent': fault.silent,
      '/stuck': fault.stuck,
      '/garbage': (request) => {
        request.socket.end('I am no web server\r\n\r\n');
      },
      '/versioned': fault.versioned('"v7"', green),
    },
    'green.test': { '/far': green },
    '127.0.0.11': { '/green': green },
  });
  fetcher = web.fetcher();
});
afterAll(() => web.close());

describe('a page is read', () => {
  it.each([
    'green',
    'untyped',
    'parts',
    'gzip',
    'br',
    'zstd',
    'deflate',
    'bare-deflate',
    'twice',
    'hop',
    'unwritten',
    'refresh',
    'cookie',
    'breaks-once',
    '503-twice',
  ])('/%s', async (name) => {
    const page = await fetchPage(`/${name}`);

    expect(page).toMatchObject({ kind: 'PAGE', text: green });
  });

  it.each([
    ['cp1251', 'Чай зелёный, 100 г'],
    ['cp1251-meta', 'Чай зелёный, 100 г'],
    ['koi8', 'Чай зелёный, 100 г'],
    ['utf8-called-latin1', 'Чай зелёный, 100 г'],
    ['gbk', '绿茶一百克，特级'],
    ['gb2312-meta', '绿茶一百克，特级'],
    ['shift-jis', '緑茶 百グラム'],
  ])('/%s, in its own encoding', async (name, title) => {
    expect(await fetchPage(`/${name}`)).toMatchObject({
      kind: 'PAGE',
      text: expect.stringContaining(`<h1>${title}</h1>`),
    });
  });

  it('at another host, behind redirects of several kinds', async () => {
    expect(await fetchPage('/hops')).toMatchObject({ kind: 'PAGE', url: web.url('green.test', '/far') });
  });

  it('at an address without a name', async () => {
    expect(await fetchPage('/green', '127.0.0.11')).toMatchObject({ kind: 'PAGE', text: green });
  });

  it('as JSON', async () => {
    expect(await fetchPage('/json')).toMatchObject({ kind: 'PAGE', text: '{"price":"4.90"}' });
  });

  it('by somebody who says who they are and in which language they read', async () => {
    await web.fetcher().fetch({ url: web.url('green.test', '/far?lang'), locale: 'de-AT' });

    expect(web.visitsTo('green.test').at(-1)?.headers).toMatchObject({
      'user-agent': 'Mozilla/5.0 (compatible; GastronomBot/1.0)',
      'accept-language': 'de-AT, de;q=0.9, en;q=0.5, *;q=0.3',
    });
  });
});

describe('what is no page', () => {
  it.each([
    ['nothing', 'GONE', 'HTTP_404'],
    ['410', 'GONE', 'HTTP_410'],
    ['401', 'BLOCKED', 'HTTP_401'],
    ['403', 'BLOCKED', 'HTTP_403'],
    ['challenge', 'BLOCKED', 'BOT_WALL'],
    ['challenge-200', 'BLOCKED', 'BOT_WALL'],
    ['challenge-503', 'BLOCKED', 'BOT_WALL'],
    ['challenge-header', 'BLOCKED', 'BOT_WALL'],
    ['consent', 'BLOCKED', 'COOKIE_WALL'],
    ['418', 'FETCH_ERROR', 'HTTP_418'],
    ['500', 'FETCH_ERROR', 'HTTP_500'],
    ['204', 'FETCH_ERROR', 'HTTP_204'],
    ['304', 'FETCH_ERROR', 'HTTP_304'],
    ['circle', 'FETCH_ERROR', 'REDIRECT_LOOP'],
    ['far/1', 'FETCH_ERROR', 'TOO_MANY_REDIRECTS'],
    ['image', 'FETCH_ERROR', 'NOT_A_PAGE'],
    ['video', 'FETCH_ERROR', 'NOT_A_PAGE'],
    ['pdf', 'FETCH_ERROR', 'NOT_A_PAGE'],
    ['empty', 'FETCH_ERROR', 'EMPTY'],
    ['headers', 'FETCH_ERROR', 'BAD_ANSWER'],
    ['garbage', 'FETCH_ERROR', 'BAD_ANSWER'],
    ['packed-often', 'FETCH_ERROR', 'BAD_ENCODING'],
    ['packed-oddly', 'FETCH_ERROR', 'BAD_ENCODING'],
    ['not-packed', 'FETCH_ERROR', 'BROKEN_BODY'],
    ['truncated-gzip', 'FETCH_ERROR', 'BROKEN_BODY'],
    ['says-flood', 'FETCH_ERROR', 'TOO_LARGE'],
    ['bomb-in-bomb', 'FETCH_ERROR', 'TOO_LARGE'],
  ])('/%s: %s %s, after one try', async (name, kind, code) => {
    const fetched = await fetchPage(`/${name}`);

    expect(fetched).toMatchObject({ kind, code, stats: { tries: 1 } });
    expect('reason' in fetched && fetched.reason).toMatch(/^\S.+\.$/);
  });

  it.each([
    ['503', 'HTTP_503'],
    ['breaks', 'CONNECTION'],
    ['truncated', 'CONNECTION'],
  ])('/%s is tried three times', async (name, code) => {
    expect(await fetchPage(`/${name}`)).toMatchObject({ kind: 'FETCH_ERROR', code, stats: { tries: 3 } });
    expect(web.paths('tea.test').filter((path) => path === `/${name}`)).toHaveLength(3);
  });

  it('is an unknown host', async () => {
    expect(await fetchPage('/', 'nobody.test')).toMatchObject({ kind: 'FETCH_ERROR', code: 'UNKNOWN_HOST' });
  });

  it.each(['silent', 'stuck'])('/%s: given up when its time is over', async (name) => {
    const hasty = web.fetcher({ FETCH_TIMEOUT_MS: '300' });

    const fetched = await hasty.fetch({ url: web.url('tea.test', `/${name}`) });

    expect(fetched).toMatchObject({ kind: 'FETCH_ERROR', code: 'TIMEOUT', stats: { tries: 1 } });
  });

  it('of 5 GB is read up to the limit and not much further', async () => {
    const fetched = await fetchPage('/flood');

    expect(fetched).toMatchObject({ kind: 'FETCH_ERROR', code: 'TOO_LARGE' });
    expect(fetched.stats.bytes).toBeLessThan(12 * 1_048_576);
    expect(flood.sent()).toBeLessThan(64 * 1_048_576);
  });

  it('of 2 GB in a small packet is unpacked up to the limit and not much further', async () => {
    const fetched = await fetchPage('/bomb');

    expect(fetched).toMatchObject({ kind: 'FETCH_ERROR', code: 'TOO_LARGE' });
    expect(fetched.stats.bytes).toBeLessThan(1_048_576);
    expect(bomb.made()).toBeLessThan(500);
  });
});

describe('a request', () => {
  it('that was answered before asks whether the page is still the same', async () => {
    const first = await fetchPage('/versioned');
    const validators = 'validators' in first ? first.validators : undefined;

    const again = await fetcher.fetch({ url: web.url('tea.test', '/versioned'), validators });

    expect(validators).toEqual({ etag: '"v7"', lastModified: 'Mon, 16 Nov 2026 08:00:00 GMT' });
    expect(again).toMatchObject({ kind: 'UNCHANGED', validators });
  });

  it('for a page that is under way already is that one', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => fetchPage('/green?together')));

    expect(answers.map(({ kind }) => kind)).toEqual(Array.from({ length: 10 }, () => 'PAGE'));
    expect(web.paths('tea.test').filter((path) => path === '/green?together')).toHaveLength(1);
  });

  it('goes on for the others when one of those who wait goes away', async () => {
    let open: () => void = () => undefined;
    web.put('tea.test', '/held', (_request, response) => {
      open = () => send(response, green);
    });
    const gone = new AbortController();
    const url = web.url('tea.test', '/held');
    const first = fetcher.fetch({ url, signal: gone.signal });
    const second = fetcher.fetch({ url });
    await until(() => web.paths('tea.test').includes('/held'));

    gone.abort(new Error('nobody reads it'));

    await expect(first).rejects.toThrow('nobody reads it');
    open();
    expect(await second).toMatchObject({ kind: 'PAGE' });
  });

  it('ends with its fetcher', async () => {
    const closed = web.fetcher();
    const pending = closed.fetch({ url: web.url('tea.test', '/silent?closing') });
    await until(() => web.paths('tea.test').includes('/silent?closing'));

    await Promise.all([closed.close(), expect(pending).rejects.toThrow('the process stops')]);
  });
});

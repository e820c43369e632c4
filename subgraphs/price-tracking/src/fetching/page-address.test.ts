import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { redirectTo } from '../testing/shop-faults.ts';
import { shopPage } from '../testing/shop-page.ts';
import { type ShopWeb, sentinelAddress, serveShops, shopAddress } from '../testing/shop-web.ts';

const page = shopPage();
let web: ShopWeb;
let lookups = 0;

beforeAll(async () => {
  web = await serveShops(
    { 'tea.test': { '/green': page }, 'robots.test': { '/green': page }, 'rebinding.test': { '/green': page } },
    {
      names: {
        'inside.test': [sentinelAddress],
        'both.test': [shopAddress, sentinelAddress],
        'mapped.test': [`::ffff:${sentinelAddress}`],
        'cloud.test': ['169.254.169.254'],
        // Another address each time it is asked: the first is the one that counts.
        'rebinding.test': () => {
          lookups += 1;
          return [lookups === 1 ? shopAddress : sentinelAddress];
        },
      },
    },
  );
});
afterAll(() => web.close());

/** All ways to write the address at which nobody is to come, and others of that kind. */
const hosts = [
  '127.0.0.2',
  '127.0.2',
  '2130706434',
  '0x7f000002',
  '0x7f.0.0.0x2',
  '0177.0.0.02',
  '１２７.０.０.２',
  '127%2e0%2e0%2e2',
  '[::ffff:127.0.0.2]',
  '[::ffff:7f00:2]',
  '[64:ff9b::7f00:2]',
  '[::1]',
  '0.0.0.0',
  '10.0.0.1',
  '169.254.169.254',
  'inside.test',
  'both.test',
  'mapped.test',
  'cloud.test',
];

describe('a private address is not reached', () => {
  it.each(hosts)('when it is asked for as %s', async (host) => {
    const fetched = await web.fetcher().fetch({ url: `http://${host}:${web.port}/` });

    expect(fetched).toMatchObject({ kind: 'FETCH_ERROR', code: 'PRIVATE_ADDRESS' });
    expect(web.trespasses).toEqual([]);
  });

  it.each(hosts)('when a shop sends its visitor to %s', async (host) => {
    web.put('tea.test', '/away', redirectTo(`http://${host}:${web.port}/`));
    web.put('tea.test', '/by-hops', redirectTo('/away', 307));

    const fetched = await web.fetcher().fetch({ url: web.url('tea.test', '/by-hops') });

    expect(fetched).toMatchObject({ kind: 'FETCH_ERROR', code: 'PRIVATE_ADDRESS' });
    expect(web.trespasses).toEqual([]);
  });

  it.each(['inside.test', '127.0.0.2'])('when a page refreshes itself to %s', async (host) => {
    web.put('tea.test', '/refresh', `<meta http-equiv=refresh content="0;url=http://${host}:${web.port}/">`);

    const fetched = await web.fetcher().fetch({ url: web.url('tea.test', '/refresh') });

    expect(fetched).toMatchObject({ kind: 'FETCH_ERROR', code: 'PRIVATE_ADDRESS' });
    expect(web.trespasses).toEqual([]);
  });

  it.each(['inside.test', '127.0.0.2'])('when robots.txt is said to be at %s', async (host) => {
    web.put('robots.test', '/robots.txt', redirectTo(`http://${host}:${web.port}/robots.txt`));

    const fetched = await web.fetcher().fetch({ url: web.url('robots.test', '/green') });

    expect(fetched).toMatchObject({ kind: 'FETCH_ERROR', code: 'PRIVATE_ADDRESS' });
    expect(web.visitsTo('robots.test')).toEqual([]);
    expect(web.trespasses).toEqual([]);
  });

  it('when a name stands for something else the next time it is looked up', async () => {
    const fetcher = web.fetcher();

    const fetched = await Promise.all(
      [1, 2, 3].map((time) => fetcher.fetch({ url: web.url('rebinding.test', `/green?${time}`) })),
    );

    for (const one of fetched) expect([undefined, 'PRIVATE_ADDRESS']).toContain('code' in one ? one.code : undefined);
    expect(lookups).toBeGreaterThan(0);
    expect(web.trespasses).toEqual([]);
  });
});

describe('an address is refused', () => {
  const withPassword = () => web.url('tea.test', '/green').replace('//', '//user:password@');

  it.each([
    ['file', () => 'file:///etc/passwd'],
    ['ftp', () => 'ftp://tea.test/green'],
    ['data', () => 'data:text/html,<h1>tea</h1>'],
    ['script', () => 'javascript:alert(1)'],
    ['nothing', () => ''],
    ['half a one', () => 'http://'],
    ['a user and password', withPassword],
    ['a long one', () => web.url('tea.test', `/${'g'.repeat(5_000)}`)],
  ])('that is %s, as it was given and as a redirect', async (what, addressOf) => {
    web.put('tea.test', '/away', redirectTo(addressOf()));

    const given = await web.fetcher().fetch({ url: addressOf() });
    expect(given).toMatchObject({ kind: 'FETCH_ERROR', code: 'BAD_ADDRESS', stats: { tries: 1, status: null } });
    if (what === 'nothing') return;
    const followed = await web.fetcher().fetch({ url: web.url('tea.test', '/away') });
    expect(followed).toMatchObject({ kind: 'FETCH_ERROR', code: 'BAD_ADDRESS' });
  });
});

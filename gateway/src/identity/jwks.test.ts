import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@gastronom/shared/logger';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TokenMint } from '../../test/token-mint.ts';
import { jwksTimes, publishedKeys } from './jwks.ts';
import { createSessionVerifier } from './session-token.ts';

const mint = new TokenMint();
const start = 1_800_000_000_000;
const logger = createLogger('test', 'silent');

describe('keys that an issuer publishes', () => {
  let server: Server;
  let requests: string[];
  let answer: { status: number; body: string };
  beforeEach(async () => {
    requests = [];
    answer = { status: 200, body: JSON.stringify({ keys: [mint.jwk('k1')] }) };
    server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  function openKeys() {
    const clock = { now: start };
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const keys = publishedKeys(
      (issuer) => `${origin}/${encodeURIComponent(issuer)}`,
      logger,
      () => clock.now,
    );
    const has = async (kid: string, issuer = 'us') => Boolean(await keys.find(issuer, kid));
    return { clock, keys, has };
  }
  const publish = (...kids: string[]) => {
    answer.body = JSON.stringify({ keys: kids.map((kid) => mint.jwk(kid)) });
  };

  it('fetches them once for a hundred tokens at a time, and when the first wants them', async () => {
    const { has } = openKeys();
    expect(requests).toEqual([]);

    const found = await Promise.all(Array.from({ length: 100 }, () => has('k1')));

    expect(found.every(Boolean)).toBe(true);
    expect(requests).toEqual(['/us']);
  });

  it('fetches them anew for a key that is not known, but not for each of a flood', async () => {
    const { has, clock } = openKeys();
    await has('k1');
    publish('k1', 'k2');

    const inFlood = [];
    for (let number = 0; number < 50; number += 1) inFlood.push(await has(`forged-${number}`));
    clock.now += jwksTimes.pause;
    const later = await has('k2');

    expect(inFlood).toEqual(Array(50).fill(false));
    expect(later).toBe(true);
    expect(requests).toHaveLength(2);
  });

  it('forgets a key that was withdrawn, and the tokens that it verified', async () => {
    const { keys, clock } = openKeys();
    const rules = { issuers: [mint.issuer], authorizedParties: [mint.party], audiences: [] };
    const claimNames = { roleClaim: undefined, emailClaim: 'email', nameClaim: 'name' };
    const verify = createSessionVerifier({ keys, ...rules, ...claimNames }, () => clock.now);
    const token = await mint.sign({ exp: start / 1000 + 86_400 }, { kid: 'k1' }, start);
    await verify(token);
    publish('k2');

    clock.now += jwksTimes.freshFor;
    expect((await verify(token)).sub).toBe('user_2Olga');
    clock.now += jwksTimes.pause;
    await expect(verify(token)).rejects.toThrow('its key is not known');
  });

  it('renews them behind the requests before they must wait for it', async () => {
    const { has, clock } = openKeys();
    await has('k1');

    clock.now += jwksTimes.renewAfter + 1;
    await has('k1');
    await has('k1');

    expect(requests.length).toBeLessThanOrEqual(2);
    clock.now += jwksTimes.renewAfter;
    await has('k1');
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['answers an error', { status: 503, body: 'away' }],
    ['answers no JSON', { status: 200, body: '<html>' }],
    ['answers no keys', { status: 200, body: '{"keys":[]}' }],
    [
      'answers without end',
      { status: 200, body: JSON.stringify({ keys: [mint.jwk('k1')], pad: 'x'.repeat(300_000) }) },
    ],
    ['sends elsewhere', { status: 302, body: '' }],
  ])('keeps what it has for a day where the issuer %s', async (_what, away) => {
    const { has, clock } = openKeys();
    await has('k1');
    answer = away;

    clock.now += jwksTimes.keptFor;
    expect(await has('k1')).toBe(true);
    clock.now += 1;
    await expect(has('k1')).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
  });

  it('says that sessions cannot be verified while there never was a set, and asks again after a pause', async () => {
    const { has, clock } = openKeys();
    answer.status = 500;

    await expect(has('k1')).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    await expect(has('k1')).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    expect(requests).toHaveLength(1);
    answer.status = 200;
    clock.now += jwksTimes.pauseWithout;

    expect(await has('k1')).toBe(true);
  });

  it('holds each issuer’s tokens against its own keys', async () => {
    const { has } = openKeys();
    await has('k1', 'us');
    publish('k9');

    expect([await has('k9', 'others'), await has('k1', 'others'), await has('k9', 'us')]).toEqual([true, false, false]);
    expect(requests).toEqual(['/us', '/others']);
  });

  it('takes RSA keys for signatures alone, of 2,048 bits at least, and tokens that name theirs', async () => {
    const { has, keys } = openKeys();
    answer.body = JSON.stringify({
      keys: [
        mint.jwk('good'),
        { ...mint.jwk('encrypts'), use: 'enc' },
        { ...mint.jwk('other'), alg: 'RS512' },
        new TokenMint(1_024).jwk('short'),
        { kty: 'oct', kid: 'secret', k: 'c2VjcmV0' },
        'rubbish',
      ],
    });

    const found = [];
    for (const kid of ['good', 'encrypts', 'other', 'short', 'secret']) found.push(await has(kid));

    expect(found).toEqual([true, false, false, false, false]);
    expect(await keys.find('us', undefined)).toBeUndefined();
  });
});

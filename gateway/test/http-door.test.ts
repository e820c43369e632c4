import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDoor, type TestDoor } from './door-harness.ts';

const json = { 'content-type': 'application/json' };
const anything = { method: 'POST', headers: json, body: '{"query":"{ __typename }"}' };
const apiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

describe('what browsers are told of answers', () => {
  let door: TestDoor;
  beforeAll(async () => {
    const picture = {
      status: 200,
      headers: {
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'cross-origin-resource-policy': 'cross-origin',
        'access-control-allow-origin': '*',
      },
      body: Buffer.from('RIFF'),
    };
    door = await startDoor({ CORS_ORIGINS: 'https://shop.example' }, { rest: async () => picture });
  });
  afterAll(() => door.stop());

  it.each([
    ['an operation', '/graphql', anything],
    ['an error', '/graphql', { ...anything, body: '{' }],
    ['nothing', '/nowhere', {}],
    ['a probe', '/livez', {}],
    ['an address that cannot be decoded', '/%ff%zz', {}],
  ])('of %s: run nothing, keep nothing, frame nothing', async (_what, path, init) => {
    const { headers } = await door.call(path, init);

    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
    if (path.startsWith('/%')) return;
    expect(headers.get('content-security-policy')).toBe(apiPolicy);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    // Over plain HTTP nobody is told to use HTTPS alone, nor where it is not all there is.
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('of a picture: keep it, and show it where you like', async () => {
    const { headers } = await door.call('/images/00', { headers: { origin: 'https://elsewhere.example' } });

    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('of Sandbox: run its script and frame it; and not of any page where it is not shown', async () => {
    const hidden = await startDoor({ SANDBOX: 'false' });
    const page = { headers: { accept: 'text/html' } };

    const shown = await door.call('/graphql', page);
    const html = await shown.text();
    const refused = await hidden.call('/graphql', page);
    await hidden.stop();

    const policy = shown.headers.get('content-security-policy') ?? '';
    const sources = [...html.matchAll(/<script[^>]* src="(https:\/\/[^/"]+)/g)].map(([, source]) => source);
    expect(sources.length).toBeGreaterThan(0);
    const [scripts] = policy.split('; ').filter((directive) => directive.startsWith('script-src'));
    for (const source of sources) expect(scripts).toContain(source);
    expect(policy).toContain('frame-src https://sandbox.embed.apollographql.com');
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(refused.headers.get('content-security-policy')).toBe(apiPolicy);
  });
});

describe('pages of other origins', () => {
  let door: TestDoor;
  beforeAll(async () => {
    door = await startDoor({ SANDBOX: 'false', CORS_ORIGINS: 'https://shop.example, https://till.shop.example' });
  });
  afterAll(() => door.stop());

  const preflight = (origin: string) =>
    door.call('/graphql', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  it('may call when they are on the list, and ask so once in two hours', async () => {
    const { status, headers } = await preflight('https://till.shop.example');

    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('https://till.shop.example');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-max-age')).toBe('7200');
    expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, PUT, DELETE');
    expect(headers.get('vary')).toContain('Origin');
    expect(door.seen).toHaveLength(0);
  });

  it('read the limits, when to try again, and the id of their request', async () => {
    const { headers } = await door.call('/graphql', {
      ...anything,
      headers: { ...json, origin: 'https://shop.example' },
    });

    const exposed = headers.get('access-control-expose-headers')?.toLowerCase().split(', ');
    expect(exposed).toEqual(expect.arrayContaining(['ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id']));
  });

  it.each([
    'https://elsewhere.example',
    'null',
    '*',
    'http://shop.example',
    'https://shop.example.elsewhere.example',
    'https://notshop.example',
    'https://shop.example:8443',
    'HTTPS://SHOP.EXAMPLE',
  ])('are not let in as %s', async (origin) => {
    for (const { headers } of [
      await preflight(origin),
      await door.call('/graphql', { ...anything, headers: { ...json, origin } }),
    ]) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });
});

describe('HTTPS alone', () => {
  let door: TestDoor;
  beforeAll(async () => {
    door = await startDoor({
      TRUST_PROXY: 'loopback',
      HTTPS_ONLY: 'true',
      HSTS_SUBDOMAINS: 'true',
      PUBLIC_URL: 'https://api.shop.example/',
    });
  });
  afterAll(() => door.stop());

  const secure = { 'x-forwarded-proto': 'https' };

  it('is promised for two years to those who come by it', async () => {
    const { status, headers } = await door.call('/graphql', { ...anything, headers: { ...json, ...secure } });

    expect(status).toBe(200);
    expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
  });

  it('is where reads are led to, by our own name, whatever name they used', async () => {
    const { status, headers } = await door.call('/images/00?width=3', {
      headers: { 'x-forwarded-host': 'evil.example' },
    });

    expect([status, headers.get('location')]).toEqual([308, 'https://api.shop.example/images/00?width=3']);
    expect(headers.get('strict-transport-security')).toBeNull();
    expect((await door.call('//evil.example/x?y=%20')).headers.get('location')).toBe(
      'https://api.shop.example//evil.example/x?y=%20',
    );
    expect(door.seen).toHaveLength(0);
  });

  it.each([
    ['a body', '/graphql', anything],
    ['a token', '/graphql?query={me{id}}', { headers: { authorization: 'Bearer gk_1_2' } }],
    ['a cookie', '/images/00', { headers: { cookie: 'a=b' } }],
    ['a secret in its address', '/api/v1/integrations/one_c/stocks?token=abc', {}],
    ['a webhook secret', '/api/v1/integrations/one_c/stocks', { headers: { 'x-webhook-secret': 's' } }],
    ['a preflight', '/graphql', { method: 'OPTIONS', headers: { origin: 'https://shop.example' } }],
  ])('is asked of %s, which is not led there', async (_what, path, init) => {
    const response = await door.call(path, init);

    expect(response.status).toBe(403);
    expect(response.headers.get('location')).toBeNull();
    const body = (await response.json()) as { error?: string; errors?: { extensions: { code: string } }[] };
    expect(body.error ?? body.errors?.[0]?.extensions.code).toMatch(/HttpsRequiredError|HTTPS_REQUIRED/);
    expect(door.seen).toHaveLength(0);
  });

  it('is not asked of probes', async () => {
    const statuses = ['/livez', '/readyz', '/health'].map(async (path) => (await door.call(path)).status);

    expect(await Promise.all(statuses)).toEqual([200, 200, 200]);
  });
});

import { developmentSecrets } from '@gastronom/shared/secrets';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readGatewaySettings } from '../src/env.ts';
import { startDoor, type TestDoor } from './door-harness.ts';

const path = '/api/v1/integrations/one_c/stocks';
const forged = {
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'evil.example',
  'x-real-ip': '203.0.113.7',
  forwarded: 'for=203.0.113.7;proto=https',
};

describe('where a request came from', () => {
  const doors = new Map<string, TestDoor>();
  afterAll(() => Promise.all([...doors.values()].map((door) => door.stop())));

  async function doorBehind(trust: string): Promise<TestDoor> {
    const door = doors.get(trust) ?? (await startDoor({ TRUST_PROXY: trust }));
    doors.set(trust, door);
    return door;
  }

  async function clientBehind(trust: string, headers: Record<string, string>) {
    const door = await doorBehind(trust);
    const response = await door.call(path, { method: 'POST', body: '{}', headers });
    expect(response.status).toBe(200);
    return door.seen.at(-1)?.context.client;
  }

  it('is the address of the connection, whatever headers of proxies claim', async () => {
    expect(await clientBehind('', { ...forged, 'user-agent': 'till/1.0' })).toEqual({
      ip: '127.0.0.1',
      userAgent: 'till/1.0',
    });
    expect(await clientBehind('10.0.0.0/8, uniquelocal', forged)).toMatchObject({ ip: '127.0.0.1' });
  });

  it('is what a trusted proxy says, up to the first address that nobody vouches for', async () => {
    const way = { 'x-forwarded-for': '198.51.100.1, 203.0.113.7, 10.1.2.3' };

    expect(await clientBehind('loopback', way)).toMatchObject({ ip: '10.1.2.3' });
    expect(await clientBehind('127.0.0.1, 10.0.0.0/8', way)).toMatchObject({ ip: '203.0.113.7' });
    expect(await clientBehind('2', way)).toMatchObject({ ip: '203.0.113.7' });
    expect(await clientBehind('loopback', { 'x-forwarded-for': '2001:DB8::1' })).toMatchObject({ ip: '2001:db8::1' });
    expect(await clientBehind('loopback', { 'x-forwarded-for': '::ffff:203.0.113.7' })).toMatchObject({
      ip: '203.0.113.7',
    });
  });

  it('is never what is no address', async () => {
    expect(await clientBehind('loopback', { 'x-forwarded-for': '<script>' })).toMatchObject({ ip: '127.0.0.1' });
    expect(await clientBehind('loopback', { 'x-forwarded-for': '203.0.113.7:4711' })).toMatchObject({
      ip: '203.0.113.7',
    });
    expect(await clientBehind('loopback', { 'x-forwarded-for': '1.2.3.4, ,' })).toMatchObject({ ip: '1.2.3.4' });
  });

  it('is known to operations as well, with what the client calls itself, cut and without control characters', async () => {
    const door = await doorBehind('loopback');

    await door.call('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': '203.0.113.7',
        'user-agent': `shop\t\u0080${'x'.repeat(2_000)}`,
      },
      body: '{"query":"{ me { id } }"}',
    });

    const client = door.seen.at(-1)?.context.client;
    expect(client?.ip).toBe('203.0.113.7');
    expect(client?.userAgent).toMatch(/^shopx{200,296}$/);
  });
});

describe('the settings of the door', () => {
  const read = (variables: Record<string, string>) => () =>
    readGatewaySettings({ DATA_DIR: process.env.DATA_DIR, ...variables });
  const production = {
    ENVIRONMENT: 'production',
    CLERK_JWT_KEY: developmentSecrets(process.env.DATA_DIR ?? '').developmentKey.publicKey,
    CLERK_ISSUERS: 'https://clerk.shop.example',
    CLERK_AUTHORIZED_PARTIES: 'https://shop.example',
  };

  it.each([
    ['TRUST_PROXY', { TRUST_PROXY: 'everybody' }],
    ['TRUST_PROXY', { TRUST_PROXY: '0.0.0.0/0' }],
    ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/33' }],
    ['TRUST_PROXY', { TRUST_PROXY: '0' }],
    ['HTTPS_ONLY', { HTTPS_ONLY: 'true' }],
    ['PUBLIC_URL', { HTTPS_ONLY: 'true', TRUST_PROXY: 'loopback', PUBLIC_URL: 'http://shop.example' }],
    ['CORS_ORIGINS', { CORS_ORIGINS: '*' }],
    ['CORS_ORIGINS', { CORS_ORIGINS: 'null' }],
    ['CORS_ORIGINS', { CORS_ORIGINS: 'https://shop.example/' }],
    ['CORS_ORIGINS', { CORS_ORIGINS: 'https://*.shop.example' }],
  ])('name %s when it cannot be meant so (%j)', (name, variables) => {
    expect(read(variables)).toThrow(new RegExp(`^${name}: `));
  });

  it('ask for HTTPS in production behind a proxy, unless they are told otherwise', () => {
    const proxied = { ...production, TRUST_PROXY: '10.0.0.0/8' };

    expect(read(production)().httpsOnly).toBe(false);
    expect(read(proxied)().httpsOnly).toBe(true);
    expect(read({ ...proxied, HTTPS_ONLY: 'false' })().httpsOnly).toBe(false);
    expect(read({ ...proxied, PUBLIC_URL: 'http://10.0.0.5' })().httpsOnly).toBe(false);
    expect(read({ TRUST_PROXY: 'loopback' })().httpsOnly).toBe(false);
  });
});

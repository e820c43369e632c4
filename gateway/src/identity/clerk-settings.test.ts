import { generateKeyPairSync } from 'node:crypto';
import { SettingError } from '@gastronom/shared/env';
import { createLogger } from '@gastronom/shared/logger';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { TokenMint } from '../../test/token-mint.ts';
import { clerkVariables, readClerkSettings } from './clerk-settings.ts';

const mint = new TokenMint();
const long = new TokenMint(4_096);
const origins = { CLERK_ISSUERS: `${mint.issuer}/`, CLERK_AUTHORIZED_PARTIES: mint.party };
const read = (variables: Record<string, string>, production = false) =>
  readClerkSettings(z.object(clerkVariables).parse(variables), production);
const logger = createLogger('test', 'silent');

/** Made with openssl, good for a hundred years, for a key that nobody kept. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIDJzCCAg+gAwIBAgIUOnASot/J+Bl5Dqnii3/tQrn9WqIwDQYJKoZIhvcNAQEL
BQAwIjEgMB4GA1UEAwwXY2xlcmsuZ2FzdHJvbm9tLmV4YW1wbGUwIBcNMjYxMTIx
MDgyMjQxWhgPMjEyNjEwMjgwODIyNDFaMCIxIDAeBgNVBAMMF2NsZXJrLmdhc3Ry
b25vbS5leGFtcGxlMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvb/C
CUH69tpK+Y6sXnYYx6T/fNTTkgfbT9LJfuhiVHFEq8IIznl3hhwzTvKo9lDq1Pu4
WMpjHBhTpuMxAayH/xyTqIgbEdKxa7WrlaSta2yFWwoCc2RDB7W5o5biAz/GitV0
3a8x7RCkj+eLqg/+drmRa0OC+gnoX7LWkbDjb66cW1lxD8oYeyPsdxxLTA0Ivejk
BD0YMeCFN+Llb5Q3lRDjb91syxtUjO5pnek1vftdsAEVfXqV6bDWe/tE1m19sJr7
rIGO9S66ZDU2BizZ1wWUMF2oyYUvOWCZC2fm1k1t4Ti11Xg7Em2+l4YEUrjhZ/u6
YxzTl3xerrCvK1fb8wIDAQABo1MwUTAdBgNVHQ4EFgQULl0FwQhyJoh+/JIzot+b
7MHhgvYwHwYDVR0jBBgwFoAULl0FwQhyJoh+/JIzot+b7MHhgvYwDwYDVR0TAQH/
BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOCAQEAa6/tGcQ9QD5K7NKWMCK3aCJW63jH
UjP9tpKvUSexVnyw31ewggRoVnp4fttJS1gJ0HT0YaleztJZSqchqn2DtKhiyZUI
f5PQpc6Y9M8w3fFlssJgHqBmcgm8AINxiuGyKSNS4KcJSk3NPCnw4zWGY9PIMXza
Zz62bEWzb3pUsWmjhu9OY1oRURad9efScPiws81j+TRvNI39GpwBSqGV1oyLdLd4
k36dWNXFlLoiBrzDKSOAE5F2lCe3unSh/vMgWBi1gz/Vq7boZ8CYQFWzr8SZgmWK
641ybSS8jK0nU0Yp/Mm19/OsHAm0TSnkMu3u22KOZrVoxd3M5NoZXDvzuQ==
-----END CERTIFICATE-----`;

describe('the settings of Clerk', () => {
  it.each([
    ['as it is', mint, mint.pem()],
    ['of 4,096 bits', long, long.pem()],
    ['with \\n for its line ends', mint, mint.pem().replaceAll('\n', '\\n')],
    ['with \\r\\n for its line ends', mint, mint.pem().replaceAll('\n', '\\r\\n')],
    ['with the line ends of Windows', mint, mint.pem().replaceAll('\n', '\r\n')],
    ['with spaces for its line ends', mint, mint.pem().replaceAll('\n', ' ')],
    ['without line ends', mint, mint.pem().replaceAll('\n', '')],
    ['in quotes, indented', mint, `"${mint.pem().replaceAll('\n', '\n  ')}"`],
    ['in the form of PKCS#1', mint, mint.pem('pkcs1')],
  ])('take a public key %s', async (_what, { publicKey }, pem) => {
    const clerk = read({ ...origins, CLERK_JWT_KEY: pem });

    const key = await clerk?.openKeys(logger).find(mint.issuer, 'any');
    expect(key?.equals(publicKey)).toBe(true);
    expect(clerk).toMatchObject({ issuers: [mint.issuer], authorizedParties: [mint.party], audiences: [] });
  });

  it('take the key of a certificate', async () => {
    const clerk = read({ ...origins, CLERK_JWT_KEY: certificate });

    const key = await clerk?.openKeys(logger).find(mint.issuer, undefined);
    expect(key?.asymmetricKeyDetails).toMatchObject({ modulusLength: 2_048 });
  });

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'pem', type: 'spki' });
  it.each([
    ['a line of it', '-----BEGIN PUBLIC KEY-----', /CLERK_JWT_KEY: takes a public key in PEM form/],
    ['no PEM', 'pk_live_Y2xlcms', /CLERK_JWT_KEY: takes a public key in PEM form/],
    ['half of it', mint.pem().replace(/\n.{64}\n/, '\n'), /CLERK_JWT_KEY: cannot be read as a public key/],
    ['a private key', mint.privatePem(), /CLERK_JWT_KEY: holds a private key/],
    ['a key for curves', ec.toString(), /CLERK_JWT_KEY: takes an RSA key of at least 2048 bits/],
    ['a short key', new TokenMint(1_024).pem(), /CLERK_JWT_KEY: takes an RSA key of at least 2048 bits/],
  ])('refuse %s, and say so in a line', (_what, pem, message) => {
    expect(() => read({ ...origins, CLERK_JWT_KEY: pem })).toThrow(SettingError);
    expect(() => read({ ...origins, CLERK_JWT_KEY: pem })).toThrow(message);
  });

  it.each([
    ['a key without its issuers', { CLERK_JWT_KEY: mint.pem(), CLERK_AUTHORIZED_PARTIES: mint.party }],
    ['a key without front ends', { CLERK_JWT_KEY: mint.pem(), CLERK_ISSUERS: mint.issuer }],
    ['issuers without front ends', { CLERK_ISSUERS: mint.issuer }],
    ['front ends alone', { CLERK_AUTHORIZED_PARTIES: mint.party }],
    [
      'a key set without issuers',
      { CLERK_JWKS_URL: 'https://clerk.example/keys', CLERK_AUTHORIZED_PARTIES: mint.party },
    ],
  ])('refuse %s', (_what, variables) => {
    expect(() => read(variables)).toThrow(/CLERK_ISSUERS and CLERK_AUTHORIZED_PARTIES: must both be set/);
  });

  it('refuse a key and a key set together, and issuers that are no addresses where keys come from there', () => {
    const both = { ...origins, CLERK_JWT_KEY: mint.pem(), CLERK_JWKS_URL: 'https://clerk.example/keys' };

    expect(() => read(both)).toThrow(/only one of the two/);
    expect(() => read({ ...origins, CLERK_ISSUERS: 'clerk.example' })).toThrow(/CLERK_ISSUERS: takes http or https/);
  });

  it('let production have no tokens of its own, and no keys over an open line', () => {
    expect(read({})).toBeUndefined();
    expect(() => read({}, true)).toThrow(/CLERK_JWT_KEY or CLERK_ISSUERS: must be set in production/);
    expect(() => read({ ...origins, CLERK_ISSUERS: 'http://clerk.example' }, true)).toThrow(/must begin with https/);
    expect(() => read({ ...origins, CLERK_JWKS_URL: 'http://clerk.example/keys' }, true)).toThrow(/begin with https/);
    expect(read(origins, true)).toMatchObject({ issuers: [mint.issuer] });
  });
});

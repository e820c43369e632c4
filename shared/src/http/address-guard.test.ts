import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { processSettings } from '../env.ts';
import { addressRule, createGuardedAgent, isPublicAddress, isRefusedHost } from './address-guard.ts';

const ruleOf = (ALLOW_PRIVATE_ADDRESSES: string, ENVIRONMENT = 'development') =>
  addressRule(processSettings.parse({ ALLOW_PRIVATE_ADDRESSES, ENVIRONMENT }));

describe('an address', () => {
  it.each(['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111', '::ffff:1.1.1.1'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['this host', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['loopback', '127.0.0.1'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.0.1'],
    ['a provider’s network', '100.64.0.1'],
    ['what a cloud tells its machines', '169.254.169.254'],
    ['a group', '224.0.0.1'],
    ['everybody', '255.255.255.255'],
    ['documentation', '203.0.113.9'],
    ['IPv6 loopback', '::1'],
    ['IPv6 nothing', '::'],
    ['IPv4 mapped', '::ffff:127.0.0.1'],
    ['IPv4 mapped, in hexadecimal', '::ffff:7f00:1'],
    ['IPv4 compatible', '::127.0.0.1'],
    ['IPv4 translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:7f00:1::'],
    ['unique local', 'fd00::1'],
    ['link local', 'fe80::1'],
    ['site local', 'fec0::1'],
    ['a name', 'example.com'],
    ['nothing', ''],
  ])('is refused that is %s: %s', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the address of a URL', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://localhost/',
    'http://api.LOCALHOST./',
    'http://１２７.０.０.１/',
  ])('is refused by its text: %s', (url) => {
    expect(isRefusedHost(new URL(url), ruleOf(''))).toBe(true);
    expect(isRefusedHost(new URL(url), ruleOf('true'))).toBe(false);
  });

  it('is looked at later where it is a name', () => {
    expect(isRefusedHost(new URL('https://partner.example/hook'), ruleOf(''))).toBe(false);
  });
});

describe('ALLOW_PRIVATE_ADDRESSES', () => {
  it('adds networks to the public internet', () => {
    const allowed = ruleOf('10.1.0.0/16, fd00::/8', 'production');

    expect(['10.1.2.3', '::ffff:10.1.2.3', 'fd00::5', '1.1.1.1'].map(allowed)).toEqual([true, true, true, true]);
    expect(['10.2.0.1', '127.0.0.1', '::1', 'name'].map(allowed)).toEqual([false, false, false, false]);
  });

  it('allows everything outside production alone', () => {
    expect(ruleOf('true')('127.0.0.1')).toBe(true);
    expect(ruleOf('false')('127.0.0.1')).toBe(false);
    expect(() => ruleOf('true', 'production')).toThrow(/^ALLOW_PRIVATE_ADDRESSES: /);
    expect(() => ruleOf('10.0.0.0')).toThrow(/^ALLOW_PRIVATE_ADDRESSES: /);
  });
});

describe('a guarded agent', () => {
  let server: Server;
  let port: number;
  let calls = 0;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      calls += 1;
      response.end('ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** A resolver whose answers are told, one after the other. */
  const answering =
    (...answers: string[][]) =>
    (
      _host: string,
      _options: object,
      callback: (error: null, addresses: { address: string; family: number }[]) => void,
    ) =>
      callback(
        null,
        (answers.shift() ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );

  const ask = async (host: string, rule: string, ...answers: string[][]) => {
    const dispatcher = createGuardedAgent({ allowed: ruleOf(rule), resolve: answering(...answers) });
    try {
      const { statusCode, body } = await request(`http://${host}:${port}/`, { dispatcher });
      await body.dump();
      return statusCode;
    } catch (error) {
      return (error as { code?: string }).code;
    } finally {
      await dispatcher.destroy();
    }
  };

  it('connects to what the name stood for when it was looked at, asked once', async () => {
    expect(await ask('partner.example', '127.0.0.1/32', ['127.0.0.1'], ['10.0.0.1'])).toBe(200);
  });

  it.each([
    ['a literal', '127.0.0.1', []],
    ['a literal in IPv6', '[::ffff:127.0.0.1]', []],
    ['a name of a private address', 'partner.example', ['127.0.0.1']],
    ['a name of which one address is private', 'partner.example', ['1.1.1.1', '127.0.0.1']],
    ['a name that stands for nothing', 'partner.example', []],
  ])('does not connect to %s', async (_what, host, addresses) => {
    const before = calls;

    expect(await ask(host, '', addresses)).toBe('ADDRESS_REFUSED');

    expect(calls).toBe(before);
  });
});

import net from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { TokenMint } from '../../test/token-mint.ts';
import { createSessionVerifier } from './session-token.ts';
import { pemKey, type SigningKeys } from './signing-keys.ts';

const mint = new TokenMint();
const start = 1_800_000_000_000;

function verifierAt(keys: SigningKeys = pemKey(mint.pem())) {
  const clock = { now: start };
  const settings = {
    keys,
    issuers: [mint.issuer],
    authorizedParties: [mint.party],
    audiences: ['https://api.gastronom.example'],
    roleClaim: 'metadata.role',
    emailClaim: 'email',
    nameClaim: 'https://gastronom.example/name',
  };
  return { clock, verify: createSessionVerifier(settings, () => clock.now) };
}
const tokenAt = (changes: Record<string, unknown> = {}) => mint.sign(changes, {}, start);
const seconds = start / 1000;

describe('the verifier of session tokens', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('tells what a token says', async () => {
    const { verify } = verifierAt();

    const claims = await verify(
      await tokenAt({
        aud: ['https://elsewhere.example', 'https://api.gastronom.example'],
        'https://gastronom.example/name': 'Olga',
        email: 'olga@example.com',
        email_verified: true,
        metadata: { role: 'supplier' },
        fea: 'o:invoices',
        o: { id: 'org_2Kitchen', rol: 'admin', slg: 'kitchen', per: 'read,manage', fpm: '2' },
      }),
    );

    expect(claims).toEqual({
      sub: 'user_2Olga',
      issuer: mint.issuer,
      sessionId: 'sess_2OlgaAtTheShop',
      organization: { id: 'org_2Kitchen', role: 'org:admin', slug: 'kitchen', permissions: ['org:invoices:manage'] },
      role: 'SUPPLIER',
      email: 'olga@example.com',
      emailVerified: true,
      name: 'Olga',
      expiresAt: start + 60_000,
    });
  });

  it('takes no claim from what every object has', async () => {
    const { verify } = verifierAt();

    const claims = await verify(await tokenAt({ metadata: 'constructor', email: { toString: 1 } }));

    expect([claims.role, claims.email, claims.name]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['exp', -5, 'it has expired'],
    ['exp', -4, null],
    ['nbf', 5, null],
    ['nbf', 6, 'it is not valid yet'],
    ['iat', 5, null],
    ['iat', 6, 'it was issued in the future'],
  ])('allows clocks to be five seconds apart: %s at %i s', async (claim, offset, why) => {
    const { verify } = verifierAt();

    const verified = verify(await tokenAt({ [claim]: seconds + offset }));

    if (why === null) expect((await verified).sub).toBe('user_2Olga');
    else await expect(verified).rejects.toThrow(why);
  });

  it('honours the end of a token at each use, to the millisecond', async () => {
    const { verify, clock } = verifierAt();
    const token = await tokenAt();
    await verify(token);

    clock.now = start + 64_999;
    expect((await verify(token)).sub).toBe('user_2Olga');
    clock.now = start + 65_000;
    await expect(verify(token)).rejects.toThrow('it has expired');
  });

  it('checks the signature of a token once, whoever shows it how often, and opens no socket', async () => {
    const signatures = jest.spyOn(crypto.subtle, 'verify');
    const connections = jest.spyOn(net.Socket.prototype, 'connect');
    const fetches = jest.spyOn(globalThis, 'fetch');
    const { verify } = verifierAt();
    const token = await tokenAt();

    for (let use = 0; use < 5; use += 1) await verify(token);

    expect(signatures).toHaveBeenCalledTimes(1);
    expect(connections).not.toHaveBeenCalled();
    expect(fetches).not.toHaveBeenCalled();
  });

  it('remembers ten thousand tokens at most, the last used ones', async () => {
    const signatures = jest.spyOn(crypto.subtle, 'verify').mockResolvedValue(true);
    const { verify } = verifierAt();
    const [header, , signature] = (await tokenAt()).split('.');
    const numbered = (number: number) => {
      const claims = { ...mint.claims(start), jti: String(number) };
      return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
    };

    for (let number = 0; number < 10_001; number += 1) await verify(numbered(number));
    expect(signatures).toHaveBeenCalledTimes(10_001);
    await verify(numbered(10_000));
    expect(signatures).toHaveBeenCalledTimes(10_001);
    await verify(numbered(0));
    expect(signatures).toHaveBeenCalledTimes(10_002);
  });

  it('asks neither for a key nor for cryptography where what the token says is refused', async () => {
    const find = jest.fn<SigningKeys['find']>();
    const signatures = jest.spyOn(crypto.subtle, 'verify');
    const { verify } = verifierAt({ find });
    const rubbish = [
      'x'.repeat(9_000),
      'a.b.c',
      `${mint.forge({ alg: 'none' })}AA`,
      await tokenAt({ exp: seconds - 60 }),
      await tokenAt({ iss: 'https://clerk.elsewhere.example' }),
      await tokenAt({ sts: 'pending' }),
    ];

    for (const token of rubbish) await expect(verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

    expect(find).not.toHaveBeenCalled();
    expect(signatures).not.toHaveBeenCalled();
  });

  it('keeps no token whose signature is not true', async () => {
    const signatures = jest.spyOn(crypto.subtle, 'verify');
    const { verify } = verifierAt();
    const forged = await new TokenMint().sign({}, {}, start);

    for (let use = 0; use < 3; use += 1) await expect(verify(forged)).rejects.toThrow('its signature is not true');

    expect(signatures).toHaveBeenCalledTimes(3);
  });
});

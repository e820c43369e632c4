import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { startTestGraph, type TestGraph } from './harness.ts';
import { TokenMint } from './token-mint.ts';

const me = '{ me { name email role } }';
// Longer than the keys that Clerk's own library can read.
const mint = new TokenMint(4_096);
const stranger = new TokenMint();
const now = () => Math.floor(Date.now() / 1000);

/** The signature with other spare bits behind it still means the same; with another byte it does not. */
function withOtherSignature(token: string): string {
  const [header, body, signature = ''] = token.split('.');
  return `${header}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
}

/** The claims of another, under a signature that is true for its own. */
async function withOtherClaims(): Promise<string> {
  const [[header, , signature], [, body]] = (await Promise.all(
    [mint.sign(), mint.sign({ sub: 'user_2Admin' })].map(async (token) => (await token).split('.')),
  )) as [string[], string[]];
  return `${header}.${body}.${signature}`;
}

function otherAlgorithm(alg: string): Promise<string> {
  const keys = alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  return new SignJWT(mint.claims()).setProtectedHeader({ alg, kid: mint.kid, typ: 'JWT' }).sign(keys.privateKey);
}

describe('session tokens at the door', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph('one process', {
      CLERK_JWT_KEY: mint.pem().replaceAll('\n', '\\n'),
      CLERK_ISSUERS: `https://clerk.other.example, ${mint.issuer}/`,
      CLERK_AUTHORIZED_PARTIES: `https://admin.gastronom.example,${mint.party}`,
      CLERK_ROLE_CLAIM: 'metadata.role',
    });
  });
  afterAll(() => graph.stop());

  const countUsers = async () => (await graph.database.query('SELECT 1 FROM accounts.users')).length;

  it.each([
    ['of version 2', {}],
    ['of version 1', { v: undefined, org_id: 'org_2Kitchen', org_role: 'org:admin', org_permissions: ['org:a:read'] }],
    ['with an organisation that nobody knows here', { o: { id: 'org_2Unknown', rol: 'admin', slg: 'unknown' } }],
    ['without a session status, as older ones are', { sts: undefined }],
    ['that says nothing of when it was issued', { iat: undefined, nbf: undefined }],
  ])('knows a person by a token %s', async (_what, changes) => {
    const answer = await graph.query(me, {}, await mint.sign({ sub: 'user_2Welcome', ...changes }));

    expect(answer.errors).toBeUndefined();
    expect(answer.data.me.role).toBe('CUSTOMER');
  });

  it('looks at no key that a token brings along, and takes one whose signature is true all the same', async () => {
    const brought = { jwk: stranger.jwk(), jku: 'http://127.0.0.1:9/keys', x5u: 'http://127.0.0.1:9/certificate' };

    const honest = await graph.query(me, {}, await mint.sign({ sub: 'user_2Welcome' }, brought));
    const forged = await graph.query(me, {}, await stranger.sign({ sub: 'user_2Welcome' }, brought));

    expect([honest.status, forged.status]).toEqual([200, 401]);
  });

  it.each([
    ['STAFF', 'staff', 'STAFF'],
    ['a role that we do not have', 'EMPEROR', 'CUSTOMER'],
    ['no text', { name: 'ADMIN' }, 'CUSTOMER'],
    ['nothing', undefined, 'CUSTOMER'],
  ])('gives a new person the role of the claim where that says %s', async (what, role, expected) => {
    const token = await mint.sign({ sub: `user_2New${what}`, metadata: { role }, name: ' Nina ', email: 7 });

    expect((await graph.query(me, {}, token)).data.me).toEqual({ role: expected, name: 'Nina', email: null });
  });

  it('leaves a person who is known the role that our database gives, whatever the claim says', async () => {
    await graph.query(me, {}, await mint.sign({ sub: 'user_2Known' }));

    const answer = await graph.query(me, {}, await mint.sign({ sub: 'user_2Known', metadata: { role: 'ADMIN' } }));

    expect(answer.data.me.role).toBe('CUSTOMER');
  });

  const refusals: [string, () => Promise<string> | string, string][] = [
    ['expired', () => mint.sign({ exp: now() - 6, iat: now() - 66 }), 'it has expired'],
    ['not valid yet', () => mint.sign({ nbf: now() + 60 }), 'it is not valid yet'],
    ['issued in the future', () => mint.sign({ iat: now() + 60 }), 'it was issued in the future'],
    ['without an end', () => mint.sign({ exp: undefined }), 'its claim exp is missing or wrong'],
    ['whose end is no number', () => mint.sign({ exp: `${now() + 60}` }), 'its claim exp is missing or wrong'],
    ['without a person', () => mint.sign({ sub: undefined }), 'its claim sub is missing or wrong'],
    ['signed with another key', () => stranger.sign(), 'its signature is not true'],
    ['with another signature', async () => withOtherSignature(await mint.sign()), 'its signature is not true'],
    ['with the claims of another', withOtherClaims, 'its signature is not true'],
    ['unsigned (alg none)', () => `${mint.forge({ alg: 'none' })}AA`, 'it is not signed by RS256'],
    ['unsigned, with nothing behind its last dot', () => mint.forge({ alg: 'none' }), 'it is malformed'],
    ['signed by HS256 with our key', () => mint.forge({ alg: 'HS256' }, mint.pem()), 'it is not signed by RS256'],
    ['RS256 by name, HS256 by nature', () => mint.forge({ alg: 'RS256' }, mint.pem()), 'its signature is not true'],
    ['signed by ES256', () => otherAlgorithm('ES256'), 'it is not signed by RS256'],
    ['signed by EdDSA', () => otherAlgorithm('EdDSA'), 'it is not signed by RS256'],
    ['of another issuer', () => mint.sign({ iss: 'https://clerk.elsewhere.example' }), 'its issuer is not ours'],
    ['of another party', () => mint.sign({ azp: 'https://phish.example' }), 'its authorized party is not ours'],
    [
      'of a party that begins like ours',
      () => mint.sign({ azp: `${mint.party}.evil.example` }),
      'its authorized party is not ours',
    ],
    ['without a party', () => mint.sign({ azp: undefined }), 'its claim azp is missing or wrong'],
    ['meant for somebody else', () => mint.sign({ aud: 'https://hasura.example' }), 'it is meant for somebody else'],
    ['of a pending session', () => mint.sign({ sts: 'pending' }), 'the session is pending'],
    ['of a session in no state we know', () => mint.sign({ sts: 'revoked' }), 'the session is not active'],
    [
      'of a machine, by its category',
      () => mint.sign({}, { cat: 'cl_B7d4PD333AAA' }),
      'it belongs to a machine, not to a session',
    ],
    [
      'of a machine, by its subject',
      () => mint.sign({ sub: 'mch_2Robot' }),
      'it belongs to a machine, not to a session',
    ],
    ['for OAuth access', () => mint.sign({}, { typ: 'at+jwt' }), 'it is a token of another kind'],
    ['for OAuth access, in full', () => mint.sign({}, { typ: 'application/at+jwt' }), 'it is a token of another kind'],
    ['a machine token', () => 'mt_2x7f1Rw4Vn9', 'it is malformed'],
    ['an opaque OAuth token', () => 'oat_2x7f1Rw4Vn9', 'it is malformed'],
    ['an API key of Clerk', () => 'ak_2x7f1Rw4Vn9', 'it is malformed'],
    [
      'with a critical header',
      () => mint.forge({ alg: 'RS256', crit: ['b64'], b64: false }, 'x'),
      'it asks for what is not understood',
    ],
    ['longer than any token is', () => mint.sign({ padding: 'x'.repeat(8_192) }), 'it is too long'],
    ['of four parts', async () => `${await mint.sign()}.e30`, 'it is malformed'],
    ['of two parts', async () => (await mint.sign()).split('.').slice(0, 2).join('.'), 'it is malformed'],
    ['of characters that no token has', async () => `${await mint.sign()}=`, 'it is malformed'],
    ['whose header is no JSON', async () => (await mint.sign()).replace(/^[\w-]+/, 'bm90IGpzb24'), 'it is malformed'],
    ['whose header is a list', async () => (await mint.sign()).replace(/^[\w-]+/, 'W10'), 'it is malformed'],
    ['whose claims are null', async () => (await mint.sign()).replace(/\.[\w-]+\./, '.bnVsbA.'), 'it is malformed'],
    ['no token at all', () => 'nonsense', 'it is malformed'],
  ];
  it.each(refusals)('refuses a token that is %s', async (_what, make, why) => {
    const before = await countUsers();

    const answer = await graph.query(me, {}, await make());

    expect(answer.status).toBe(401);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0].message).toBe(`The session token is not accepted: ${why}. Sign in again.`);
    expect(answer.errors?.[0].extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
      error: 'UnauthenticatedError',
      status: 401,
    });
    expect(await countUsers()).toBe(before);
  });

  it('refuses the tokens of the development key, which this installation has too', async () => {
    expect((await graph.query(me, {}, graph.tokens.admin)).status).toBe(401);
  });
});

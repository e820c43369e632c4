import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { developmentSecrets } from '@gastronom/shared/secrets';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importPKCS8, SignJWT } from 'jose';
import { developmentIssuer, developmentParty } from '../src/identity/development-token.ts';
import { startTestGraph, type TestGraph } from './harness.ts';

const me = '{ me { name role } }';

describe('identity at the gateway', () => {
  let graph: TestGraph;
  let pem: { privateKey: string; publicKey: string };
  beforeAll(async () => {
    graph = await startTestGraph();
    pem = developmentSecrets(graph.settings.DATA_DIR).developmentKey;
  });
  afterAll(() => graph.stop());

  const now = () => Math.floor(Date.now() / 1000);
  const claims = () => ({
    sub: 'user_olga',
    iss: developmentIssuer,
    azp: developmentParty,
    sts: 'active',
    iat: now(),
    nbf: now() - 5,
    exp: now() + 60,
  });

  async function sign(changes: Record<string, unknown>, key?: KeyObject, header: Record<string, unknown> = {}) {
    const signingKey = key ?? (await importPKCS8(pem.privateKey, 'RS256'));
    return new SignJWT({ ...claims(), ...changes })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k', ...header })
      .sign(signingKey);
  }

  /** A token whose parts are put together by hand, as an attacker would. */
  function forge(header: Record<string, unknown>, secret?: string) {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = `${part(header)}.${part(claims())}`;
    return `${body}.${secret ? createHmac('sha256', secret).update(body).digest('base64url') : ''}`;
  }

  it('knows each demo person by their token, and a machine by its key', async () => {
    const roles = await Promise.all(
      [graph.tokens.customer, graph.tokens.staff, graph.tokens.admin].map((token) => graph.query(me, {}, token)),
    );

    expect(roles.map(({ data }) => data.me.role)).toEqual(['CUSTOMER', 'STAFF', 'ADMIN']);
    expect((await graph.query(me, {}, graph.tokens.service)).data.me).toBeNull();
    expect((await graph.query(me)).data.me).toBeNull();
  });

  it('makes one user of two hundred concurrent first requests', async () => {
    const token = await sign({ sub: 'user_new', name: 'Nina' });

    const answers = await Promise.all(Array.from({ length: 200 }, () => graph.query('{ me { id name } }', {}, token)));

    expect(new Set(answers.map(({ data }) => data.me.id)).size).toBe(1);
    const rows = await graph.database.query(`SELECT 1 FROM accounts.users WHERE clerk_user_id = 'user_new'`);
    expect(rows).toHaveLength(1);
  });

  const refusals: [string, () => Promise<string> | string][] = [
    ['expired', () => sign({ exp: now() - 60, iat: now() - 120 })],
    ['not yet valid', () => sign({ nbf: now() + 120 })],
    ['signed with another key', () => sign({}, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)],
    ['unsigned (alg none)', () => forge({ alg: 'none', typ: 'JWT' })],
    ['signed by HS256 with the public key as its secret', () => forge({ alg: 'HS256', typ: 'JWT' }, pem.publicKey)],
    ['of another issuer', () => sign({ iss: 'https://clerk.elsewhere.example' })],
    ['of another authorized party', () => sign({ azp: 'https://phishing.example' })],
    ['without an authorized party', () => sign({ azp: undefined })],
    ['of a pending session', () => sign({ sts: 'pending' })],
    ['longer than any token is', () => sign({ padding: 'x'.repeat(10_000) })],
    ['no token at all', () => 'nonsense'],
    ['an unknown API key', () => 'gk_00000000_unknown'],
  ];
  it.each(refusals)('refuses a token that is %s', async (_what, make) => {
    const answer = await graph.query(me, {}, await make());

    expect(answer.status).toBe(401);
    expect(answer.errors?.[0].extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
      error: 'UnauthenticatedError',
      status: 401,
    });
    expect(answer.errors?.[0].extensions.requestId).toEqual(expect.any(String));
    const rows = await graph.database.query(`SELECT 1 FROM accounts.users WHERE clerk_user_id = 'user_olga'`);
    expect(rows).toHaveLength(0);
  });

  it('shows a new key once, accepts it at once, and refuses it once it is revoked', async () => {
    const create = `mutation { createServiceKey(input: { name: "till", scopes: ["sync:write"] }) { secret key { id prefix } userErrors { code } } }`;
    const { secret, key } = (await graph.query(create, {}, graph.tokens.admin)).data.createServiceKey;
    const stored = await graph.database.query<{ row: string }>('SELECT k::text AS row FROM accounts.service_keys k');

    expect(secret.startsWith(`${key.prefix}_`)).toBe(true);
    expect(stored.some(({ row }) => row.includes(secret))).toBe(false);
    expect((await graph.query(me, {}, secret)).status).toBe(200);

    const revoke = `mutation ($id: ID!) { revokeServiceKey(id: $id) { key { revokedAt } userErrors { code } } }`;
    expect(
      (await graph.query(revoke, { id: key.id }, graph.tokens.admin)).data.revokeServiceKey.key.revokedAt,
    ).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 3_200));
    expect((await graph.query(me, {}, secret)).status).toBe(401);
  });

  it('lists keys page by page for admins, and refuses cursors that it did not give', async () => {
    const list = `query ($first: Int, $after: String) { serviceKeys(first: $first, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } totalCount } }`;
    const made = (values: unknown[]) => Buffer.from(JSON.stringify(['service-keys', ...values])).toString('base64url');

    const { data } = await graph.query(list, { first: 1 }, graph.tokens.admin);
    const { data: rest } = await graph.query(
      list,
      { first: 100, after: data.serviceKeys.pageInfo.endCursor },
      graph.tokens.admin,
    );
    const refused = await Promise.all(
      [made(['yesterday', 'x']), made(['2026-01-01T00:00:00.000Z', '7']), made([]), 'nonsense'].map((after) =>
        graph.query(list, { after }, graph.tokens.admin),
      ),
    );

    expect(data.serviceKeys.nodes).toHaveLength(1);
    expect(rest.serviceKeys.nodes).toHaveLength(data.serviceKeys.totalCount - 1);
    expect(refused.map(({ errors }) => errors?.[0].extensions.code)).toEqual(Array(4).fill('BAD_CURSOR'));
  });

  it('says what is wrong with a key that is asked for, and makes none', async () => {
    const create = `mutation ($input: CreateServiceKeyInput!) { createServiceKey(input: $input) { secret userErrors { code field } } }`;
    const count = async () => (await graph.database.query('SELECT 1 FROM accounts.service_keys')).length;
    const before = await count();

    const { data } = await graph.query(
      create,
      { input: { name: ' ', scopes: ['root'], expiresAt: '2020-01-01T00:00:00Z' } },
      graph.tokens.admin,
    );

    expect(data.createServiceKey.secret).toBeNull();
    expect(data.createServiceKey.userErrors.map((error: { code: string }) => error.code)).toEqual([
      'BAD_NAME',
      'UNKNOWN_SCOPE',
      'BAD_EXPIRY',
    ]);
    expect(await count()).toBe(before);
  });
});

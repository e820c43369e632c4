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

  async function sign(changes: Record<string, unknown>) {
    return new SignJWT({ ...claims(), ...changes })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k' })
      .sign(await importPKCS8(pem.privateKey, 'RS256'));
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

  it.each([
    ['an unknown API key', 'Bearer gk_00000000_unknown'],
    ['another scheme', 'Basic Z2s6a2V5'],
    ['two tokens', 'Bearer one two'],
    ['nothing behind the scheme', 'Bearer '],
  ])('refuses %s', async (_what, authorization) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const response = await fetch(graph.url, { method: 'POST', headers, body: JSON.stringify({ query: me }) });

    const { errors } = (await response.json()) as { errors: { extensions: Record<string, unknown> }[] };
    expect(response.status).toBe(401);
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', requestId: expect.any(String) });
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

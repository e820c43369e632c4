import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accounts } from '../subgraph.ts';
import { hashKey } from './service-key.service.ts';

const create = `mutation ($input: CreateServiceKeyInput!) { createServiceKey(input: $input) { secret key { id prefix scopes } userErrors { code field } } }`;
const revoke = `mutation ($id: ID!) { revokeServiceKey(id: $id) { key { revokedAt } userErrors { code } } }`;
const authenticate = `mutation ($secret: String!) { authenticateServiceKey(secret: $secret) { id name } }`;
const list = '{ serviceKeys { nodes { name } } }';

describe('service keys', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await createTestSubgraph(accounts);
  });
  afterAll(() => subgraph.close());

  // A random user id of the table of viewers is not in this database: keys note their maker by a foreign key.
  const admin = async () => {
    await subgraph.ownerQuery(
      `INSERT INTO accounts.users (id, clerk_user_id, name, role) VALUES ($1, 'user_admin', 'Anna', 'ADMIN')
       ON CONFLICT DO NOTHING`,
      [viewers.admin.userId],
    );
    return viewers.admin;
  };
  const rows = () =>
    subgraph.ownerQuery<{ xmin: string }>('SELECT xmin::text, id FROM accounts.service_keys ORDER BY id');
  const make = async (input: Record<string, unknown> = {}) => {
    const { data } = await subgraph.execute(
      create,
      { input: { name: 'till', scopes: ['sync:write'], ...input } },
      await admin(),
    );
    return data.createServiceKey;
  };

  it('keeps a hash of a key and never the key', async () => {
    const { secret, key } = await make();

    const [row] = await subgraph.ownerQuery<{ hash: string; row: string }>(
      'SELECT hash, k::text AS row FROM accounts.service_keys k WHERE id = $1',
      [key.id],
    );
    expect(secret).toMatch(/^gk_[0-9a-f]{8}_[\w-]{43}$/);
    expect(row?.hash).toBe(hashKey(secret));
    expect(row?.row).not.toContain(secret);
  });

  it('knows a key that works, and none that expired, was revoked or never was', async () => {
    const { secret, key } = await make({ name: 'scraper' });
    const known = async (text: string) =>
      (await subgraph.execute(authenticate, { secret: text }, viewers.internal)).data.authenticateServiceKey;

    expect(await known(secret)).toEqual({ id: key.id, name: 'scraper' });
    expect(await known(`${secret}x`)).toBeNull();
    await subgraph.ownerQuery(
      `UPDATE accounts.service_keys SET expires_at = now() - interval '1 second' WHERE id = $1`,
      [key.id],
    );
    expect(await known(secret)).toBeNull();
  });

  it('revokes a key once, and says when there is none', async () => {
    const { key } = await make();
    const first = await subgraph.execute(revoke, { id: key.id }, await admin());
    const again = await subgraph.execute(revoke, { id: key.id }, await admin());

    expect(first.data.revokeServiceKey.key.revokedAt).toBe(again.data.revokeServiceKey.key.revokedAt);
    for (const id of ['00000000-0000-4000-8000-000000000000', 'seven']) {
      const { data } = await subgraph.execute(revoke, { id }, await admin());
      expect(data.revokeServiceKey).toEqual({ key: null, userErrors: [{ code: 'NOT_FOUND' }] });
    }
  });

  describe.each(['anonymous', 'customer', 'staff', 'service', 'internal'] as const)('for %s', (name) => {
    it.each([
      ['listed', list, {}],
      ['made', create, { input: { name: 'mine', scopes: ['sync:write'] } }],
      ['revoked', revoke, {}],
      ['rotated', 'mutation ($id: ID!) { rotateServiceKey(input: { id: $id }) { secret } }', {}],
      ['described', '{ serviceKeyScopes { name } }', {}],
    ])('are not %s, and nothing moves', async (_what, query, variables) => {
      const { key } = await make();
      const before = await rows();

      const { data, errors } = await subgraph.execute(query, { id: key.id, ...variables }, viewers[name]);

      expect(data).toBeNull();
      expect(errors?.[0]?.extensions?.code).toBe(name === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
      expect(await rows()).toEqual(before);
    });

    it('are not looked up by their secret, but by the gateway', async () => {
      const { errors } = await subgraph.execute(authenticate, { secret: 'gk_x' }, viewers[name]);

      expect(errors?.[0]?.extensions?.code).toBe(name === 'internal' ? undefined : 'FORBIDDEN');
    });
  });
});

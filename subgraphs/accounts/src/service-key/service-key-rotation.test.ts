import type { AuditRecord } from '@gastronom/shared/audit';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accounts } from '../subgraph.ts';

const create = `mutation ($input: CreateServiceKeyInput!) {
  createServiceKey(input: $input) { secret key { id createdAt expiresAt state } userErrors { code field } }
}`;
const rotate = `mutation ($input: RotateServiceKeyInput!) {
  rotateServiceKey(input: $input) {
    secret key { id name scopes expiresAt replaces { id expiresAt state } createdBy { name } } userErrors { code field }
  }
}`;
const revoke = 'mutation ($id: ID!) { revokeServiceKey(id: $id) { key { id state } } }';
const authenticate = 'mutation ($secret: String!) { authenticateServiceKey(secret: $secret) { id } }';
const minute = 60_000;

let subgraph: TestSubgraph;
const admin = viewers.admin;
beforeAll(async () => {
  subgraph = await createTestSubgraph(accounts);
  await subgraph.ownerQuery(
    `INSERT INTO accounts.users (id, clerk_user_id, name, role) VALUES ($1, 'user_admin', 'Anna', 'ADMIN')`,
    [admin.userId],
  );
});
beforeEach(() => subgraph.ownerQuery('DELETE FROM jobs.job WHERE name = $1', ['record-audit']));
afterAll(() => subgraph.close());

const ask = async (query: string, variables: Record<string, unknown>) => {
  const { data, errors } = await subgraph.execute(query, variables, admin);
  expect(errors).toBeUndefined();
  return Object.values<Record<string, never>>(data)[0] as never;
};
// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
type Any = any;
const make = async (input: Record<string, unknown> = {}): Promise<Any> =>
  ask(create, { input: { name: 'till', scopes: ['sync:write'], ...input } });
const rotated = async (id: string, input: Record<string, unknown> = {}): Promise<Any> =>
  ask(rotate, { input: { id, ...input } });
const works = async (secret: string) =>
  (await subgraph.execute(authenticate, { secret }, viewers.internal)).data.authenticateServiceKey !== null;
const expire = (id: string) =>
  subgraph.ownerQuery(`UPDATE accounts.service_keys SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
const acts = async (): Promise<AuditRecord[]> => {
  const rows = await subgraph.ownerQuery<{ data: AuditRecord }>(
    `SELECT data FROM jobs.job WHERE name = 'record-audit' ORDER BY data->>'occurredAt'`,
  );
  return rows.map(({ data }) => data);
};
const countKeys = async () => (await subgraph.ownerQuery('SELECT FROM accounts.service_keys')).length;

describe('a key that is rotated', () => {
  it('works on beside its successor until the overlap is over', async () => {
    const { secret, key } = await make({ name: 'scraper' });
    const start = Date.now();

    const answer = await rotated(key.id, { overlapMinutes: 30 });
    const end = Date.parse(answer.key.replaces.expiresAt);

    expect(answer).toMatchObject({
      secret: expect.stringMatching(/^gk_[0-9a-f]{8}_[\w-]{43}$/),
      key: {
        name: 'scraper',
        scopes: ['sync:write'],
        expiresAt: null,
        replaces: { id: key.id, state: 'ACTIVE' },
        createdBy: { name: 'Anna' },
      },
      userErrors: [],
    });
    expect(end).toBeGreaterThanOrEqual(start + 30 * minute);
    expect(end).toBeLessThanOrEqual(Date.now() + 30 * minute);
    expect([await works(secret), await works(answer.secret)]).toEqual([true, true]);
    await expire(key.id);
    expect([await works(secret), await works(answer.secret)]).toEqual([false, true]);
  });

  it('stops at once with an overlap of none', async () => {
    const { secret, key } = await make();

    const answer = await rotated(key.id, { overlapMinutes: 0 });

    expect(answer.key.replaces.state).toBe('EXPIRED');
    expect([await works(secret), await works(answer.secret)]).toEqual([false, true]);
  });

  it('gives its lifetime on, unless another end is given, and lives no longer for it', async () => {
    const soon = new Date(Date.now() + 10 * minute).toISOString();
    const { key } = await make({ expiresAt: soon });

    const answer = await rotated(key.id, { overlapMinutes: 60 });
    const given = await rotated(answer.key.id, { expiresAt: '2999-01-01T00:00:00.000Z' });

    const lifetime = Date.parse(answer.key.expiresAt) - Date.now();
    expect(answer.key.replaces.expiresAt).toBe(soon);
    expect(Math.abs(lifetime - (Date.parse(soon) - Date.parse(key.createdAt)))).toBeLessThan(5_000);
    expect(given.key.expiresAt).toBe('2999-01-01T00:00:00.000Z');
  });

  it('has one successor, however many ask at once', async () => {
    const { key } = await make();
    const before = await countKeys();

    const answers = await Promise.all(Array.from({ length: 8 }, () => rotated(key.id)));

    const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? 'made').toSorted();
    expect(codes).toEqual([...Array(7).fill('ALREADY_ROTATED'), 'made']);
    expect(await countKeys()).toBe(before + 1);
  });

  it.each([
    ['is revoked', 'KEY_REVOKED', (id: string) => ask(revoke, { id })],
    ['has expired', 'KEY_EXPIRED', expire],
    ['has a successor', 'ALREADY_ROTATED', (id: string) => rotated(id, { overlapMinutes: 0 })],
  ])('is refused when it %s, and nothing moves', async (_what, code, happen) => {
    const { key } = await make();
    await happen(key.id);
    const before = [await countKeys(), (await acts()).length];

    const answer = await rotated(key.id);

    expect(answer).toEqual({ key: null, secret: null, userErrors: [{ code, field: ['input', 'id'] }] });
    expect([await countKeys(), (await acts()).length]).toEqual(before);
  });

  it.each([
    [{ overlapMinutes: -1 }, 'BAD_OVERLAP'],
    [{ overlapMinutes: 43_201 }, 'BAD_OVERLAP'],
    [{ expiresAt: '2001-01-01T00:00:00Z' }, 'BAD_EXPIRY'],
    [{ id: 'seven' }, 'NOT_FOUND'],
    [{ id: '00000000-0000-4000-8000-000000000000' }, 'NOT_FOUND'],
  ])('is refused with %j', async (input, code) => {
    const { key } = await make();

    const { userErrors } = await rotated(key.id, input);

    expect(userErrors).toEqual([{ code, field: ['input', Object.keys(input)[0]] }]);
  });

  it('is not brought back by a start of the installation whose it is', async () => {
    const ensure = `mutation { ensureServiceKey(input: { secret: "gk_00000000_installation", name: "dev", scopes: ["sync:write"] }) { id } }`;
    const { data } = await subgraph.execute(ensure, {}, viewers.internal);
    await rotated(data.ensureServiceKey.id, { overlapMinutes: 0 });

    const again = await subgraph.execute(ensure, {}, viewers.internal);

    expect(again.data).toEqual(data);
    expect(await works('gk_00000000_installation')).toBe(false);
  });
});

describe('what is done to keys', () => {
  it('goes to the audit log, without the secret', async () => {
    const { key, secret } = await make({ name: ' till ' });
    const successor = await rotated(key.id, { overlapMinutes: 5 });
    await ask(revoke, { id: key.id });
    await ask(revoke, { id: key.id });

    const told = await acts();
    expect(told).toMatchObject([
      { action: 'key.create', before: null, after: { name: 'till', scopes: ['sync:write'], expiresAt: null } },
      {
        action: 'key.rotate',
        before: { expiresAt: null, replacedBy: null },
        after: { expiresAt: successor.key.replaces.expiresAt, replacedBy: { id: successor.key.id } },
      },
      { action: 'key.revoke', before: { revokedAt: null }, after: { revokedAt: expect.any(String) } },
    ]);
    expect(told.map(({ actor, subject }) => [actor, subject])).toEqual(
      Array(3).fill([`user:${admin.userId}`, { type: 'ServiceKey', id: key.id }]),
    );
    expect(JSON.stringify(told)).not.toContain(secret);
    expect(JSON.stringify(told)).not.toContain(successor.secret);
  });

  it('goes nowhere when it is refused', async () => {
    await make({ name: ' ' });
    await ask(revoke, { id: 'seven' });

    expect(await acts()).toEqual([]);
  });
});

describe('the list of keys', () => {
  const list = `query ($filter: ServiceKeyFilter) {
    serviceKeys(filter: $filter, first: 100) { totalCount nodes { id state createdBy { name } replacedBy { id } } }
  }`;

  it('is of all keys, or of those that stand so, or that one person made', async () => {
    const [active, revoked, old] = [await make(), await make(), await make()];
    await ask(revoke, { id: revoked.key.id });
    const successor = await rotated(old.key.id, { overlapMinutes: 0 });
    const mine = [active, revoked, old, successor].map(({ key }) => key.id);
    const ids = async (filter: Record<string, unknown>) => {
      const { nodes }: Any = await ask(list, { filter });
      return nodes
        .map(({ id }: { id: string }) => id)
        .filter((id: string) => mine.includes(id))
        .toReversed();
    };

    expect(await ids({})).toEqual(mine);
    expect(await ids({ state: 'ACTIVE' })).toEqual([active.key.id, successor.key.id]);
    expect(await ids({ state: 'REVOKED' })).toEqual([revoked.key.id]);
    expect(await ids({ state: 'EXPIRED' })).toEqual([old.key.id]);
    expect(await ids({ createdByUserId: admin.userId })).toEqual(mine);
    expect(await ids({ createdByUserId: viewers.staff.userId })).toEqual([]);
  });

  it('costs a statement for itself, for the count, for people and for successors', async () => {
    subgraph.statements();

    await ask(list, {});

    expect(subgraph.statements()).toHaveLength(4);
  });

  it('tells what scopes there are', async () => {
    const scopes = await ask('{ serviceKeyScopes { name description } }', {});

    expect(scopes).toEqual([
      { name: 'sync:write', description: expect.any(String) },
      { name: 'offers:write', description: expect.any(String) },
    ]);
  });
});

describe('the use of a key', () => {
  it('is written down once, however often it is used within a minute', async () => {
    const { key, secret } = await make();
    const version = async () =>
      (
        await subgraph.ownerQuery<{ xmin: string; used: Date }>(
          'SELECT xmin::text, last_used_at AS used FROM accounts.service_keys WHERE id = $1',
          [key.id],
        )
      )[0];

    await Promise.all(Array.from({ length: 5 }, () => works(secret)));
    const first = await version();
    await works(secret);
    const second = await version();
    await subgraph.ownerQuery(
      `UPDATE accounts.service_keys SET last_used_at = now() - interval '61 seconds' WHERE id = $1`,
      [key.id],
    );
    await works(secret);

    expect(first?.used).toBeInstanceOf(Date);
    expect(second).toEqual(first);
    expect(Date.now() - ((await version())?.used.getTime() ?? 0)).toBeLessThan(30_000);
  });
});

import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accounts } from '../subgraph.ts';

const ensure = `mutation ($input: EnsureUserInput!) { ensureUser(input: $input) { id email role } }`;

describe('users', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await createTestSubgraph(accounts);
  });
  afterAll(() => subgraph.close());

  const countOf = async (clerkUserId: string) => {
    const rows = await subgraph.ownerQuery<{ n: number }>(
      'SELECT count(*)::int AS n FROM accounts.users WHERE clerk_user_id = $1',
      [clerkUserId],
    );
    return rows[0]?.n;
  };

  it('makes one row of two hundred concurrent first requests of one person', async () => {
    const input = { clerkUserId: 'user_anna', email: 'anna@example.com' };

    const answers = await Promise.all(
      Array.from({ length: 200 }, () => subgraph.execute(ensure, { input }, viewers.internal)),
    );

    expect(new Set(answers.map((answer) => answer.data.ensureUser.id)).size).toBe(1);
    expect(await countOf('user_anna')).toBe(1);
  });

  it('keeps the role of a person who is known', async () => {
    await subgraph.execute(ensure, { input: { clerkUserId: 'user_boris', role: 'STAFF' } }, viewers.internal);

    const again = await subgraph.execute(
      ensure,
      { input: { clerkUserId: 'user_boris', role: 'ADMIN' } },
      viewers.internal,
    );

    expect(again.data.ensureUser).toMatchObject({ role: 'STAFF', email: null });
  });

  it.each(['anonymous', 'customer', 'staff', 'admin', 'service'] as const)(
    'lets %s make no user, and makes none',
    async (name) => {
      const answer = await subgraph.execute(ensure, { input: { clerkUserId: `user_by_${name}` } }, viewers[name]);

      expect(answer.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
      expect(await countOf(`user_by_${name}`)).toBe(0);
    },
  );

  it('tells a signed-in person who they are, and a machine nothing', async () => {
    const { data } = await subgraph.execute(
      ensure,
      { input: { clerkUserId: 'user_vera', name: 'Vera' } },
      viewers.internal,
    );
    const vera = { kind: 'user', userId: data.ensureUser.id, role: 'CUSTOMER' } as const;

    expect((await subgraph.execute('{ me { name role } }', {}, vera)).data.me).toEqual({
      name: 'Vera',
      role: 'CUSTOMER',
    });
    expect((await subgraph.execute('{ me { name } }', {}, viewers.service)).data.me).toBeNull();
  });
});

import { onIdentityChanged } from '@gastronom/shared/identity-changed';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { Role, UserViewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accounts } from '../subgraph.ts';

const setRole = `mutation ($userId: ID!, $role: UserRole!) {
  setUserRole(input: { userId: $userId, role: $role }) { user { role } userErrors { code field } }
}`;
const list = `query ($filter: UserFilter, $first: Int, $after: String) {
  users(filter: $filter, first: $first, after: $after) { totalCount nodes { id name email role } pageInfo { hasNextPage endCursor } }
}`;

describe('users', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await createTestSubgraph(accounts);
  });
  afterAll(() => subgraph.close());
  beforeEach(() => subgraph.ownerQuery('TRUNCATE accounts.users CASCADE'));

  /** Somebody who signs in, and how requests of theirs look. */
  const person = async (name: string, role: Role = 'CUSTOMER') => {
    const input = { clerkUserId: `user_${name}`, name, email: `${name}@example.com`, role };
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { userId } }';
    const { data } = await subgraph.execute(query, { input }, viewers.internal);
    return { kind: 'user', userId: data.signIn.userId as string, role } satisfies UserViewer;
  };
  const roles = () => subgraph.ownerQuery('SELECT name, role FROM accounts.users ORDER BY name');
  const heard = (work: () => Promise<unknown>) => {
    const changes: unknown[] = [];
    const stop = onIdentityChanged(subgraph.broadcast, (change) => changes.push(change));
    return work().then(() => {
      stop();
      return changes;
    });
  };

  it('tells a signed-in person who they are, and a machine nothing', async () => {
    const vera = await person('vera');
    const me = '{ me { name email role actingRole organization { id } memberships { id } } }';

    expect((await subgraph.execute(me, {}, vera)).data.me).toEqual({
      name: 'vera',
      email: 'vera@example.com',
      role: 'CUSTOMER',
      actingRole: 'CUSTOMER',
      organization: null,
      memberships: [],
    });
    expect((await subgraph.execute(me, {}, viewers.service)).data.me).toBeNull();
    expect((await subgraph.execute(me)).data.me).toBeNull();
  });

  describe('ensureUser', () => {
    const query = `mutation ($email: String!, $create: Boolean = true) {
      ensureUser(input: { email: $email, create: $create }) { user { id email } userErrors { code field } } }`;
    const ensure = async (email: string, create = true) =>
      (await subgraph.execute(query, { email, create }, viewers.internal)).data.ensureUser;
    const signIn = async (clerkUserId: string, token: object) => {
      const mutation = 'mutation ($input: SignInInput!) { signIn(input: $input) { userId role } }';
      const { data } = await subgraph.execute(mutation, { input: { clerkUserId, ...token } }, viewers.internal);
      return data.signIn;
    };

    it('expects whom nobody knows, once, until they come with the address and it is verified', async () => {
      const made = await Promise.all([ensure(' Ops@Example.com'), ensure('ops@example.com')]);
      const { id } = made[0].user;

      expect(made).toEqual(Array(2).fill({ user: { id, email: 'ops@example.com' }, userErrors: [] }));
      expect((await signIn('user_liar', { email: 'ops@example.com' })).userId).not.toBe(id);
      await subgraph.ownerQuery("DELETE FROM accounts.users WHERE clerk_user_id = 'user_liar'");
      const token = { email: 'OPS@example.com', emailVerified: true, name: 'Olga' };
      expect(await signIn('user_ops', token)).toEqual({ userId: id, role: 'CUSTOMER' });
      expect((await signIn('user_ops', token)).userId).toBe(id);
      expect((await ensure('ops@example.com')).user.id).toBe(id);
      expect(await roles()).toEqual([{ name: 'Olga', role: 'CUSTOMER' }]);
    });

    it('finds who came with the address before who is expected by it', async () => {
      const { user: expected } = await ensure('vera@example.com');
      const vera = await person('vera');

      expect((await ensure('vera@example.com')).user.id).toBe(vera.userId);
      expect(expected.id).not.toBe(vera.userId);
    });

    it('refuses what is no address, an address of several, and to make anybody where that is not asked', async () => {
      await person('twin');
      await signIn('user_twin2', { email: 'twin@example.com' });

      const answers = [await ensure('ops'), await ensure('twin@example.com'), await ensure('no@example.com', false)];

      const field = ['input', 'email'];
      expect(answers).toEqual(
        ['BAD_EMAIL', 'AMBIGUOUS', 'NOT_FOUND'].map((code) => ({ user: null, userErrors: [{ code, field }] })),
      );
      expect(await roles()).toHaveLength(2);
    });
  });

  it('sets a role for an admin, writes it to the audit log, and tells every gateway', async () => {
    const [alla, boris] = [await person('alla', 'ADMIN'), await person('boris')];

    const changes = await heard(async () => {
      const { data } = await subgraph.execute(setRole, { userId: boris.userId, role: 'STAFF' }, alla);
      expect(data.setUserRole).toEqual({ user: { role: 'STAFF' }, userErrors: [] });
    });

    expect(changes).toEqual([{ clerkUserId: 'user_boris' }]);
    const jobs = await subgraph.ownerQuery(
      `SELECT data->>'action' AS action, data->>'actor' AS actor, data->'before' AS before, data->'after' AS after
       FROM jobs.job WHERE name = 'record-audit' AND data->'subject'->>'id' = $1`,
      [boris.userId],
    );
    expect(jobs).toEqual([
      {
        action: 'user.role.set',
        actor: `user:${alla.userId}`,
        before: { role: 'CUSTOMER' },
        after: { role: 'STAFF' },
      },
    ]);
  });

  it('writes nothing where the role is the same already', async () => {
    const alla = await person('alla', 'ADMIN');
    const before = await subgraph.ownerQuery('SELECT xmin::text FROM accounts.users');

    const changes = await heard(() => subgraph.execute(setRole, { userId: alla.userId, role: 'ADMIN' }, alla));

    expect(changes).toEqual([]);
    expect(await subgraph.ownerQuery('SELECT xmin::text FROM accounts.users')).toEqual(before);
  });

  it('keeps the last admin, and says when there is no such person', async () => {
    const alla = await person('alla', 'ADMIN');
    const input = (userId: string) => ({ userId, role: 'CUSTOMER' });

    const own = await subgraph.execute(setRole, input(alla.userId), alla);
    const nobody = await subgraph.execute(setRole, input('00000000-0000-4000-8000-000000000000'), alla);
    const nonsense = await subgraph.execute(setRole, input('seven'), alla);

    expect(own.data.setUserRole.userErrors).toEqual([{ code: 'LAST_ADMIN', field: ['input', 'userId'] }]);
    expect(nobody.data.setUserRole.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['input', 'userId'] }]);
    expect(nonsense.data.setUserRole.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['input', 'userId'] }]);
    expect(await roles()).toEqual([{ name: 'alla', role: 'ADMIN' }]);
  });

  it('leaves an admin when all admins take the role from one another at once', async () => {
    const admins = await Promise.all(['a', 'b', 'c', 'd'].map((name) => person(name, 'ADMIN')));

    const answers = await Promise.all(
      admins.map((admin, i) =>
        subgraph.execute(setRole, { userId: admins[(i + 1) % 4]?.userId, role: 'CUSTOMER' }, admin),
      ),
    );

    const codes = answers.flatMap(({ data }) => data.setUserRole.userErrors.map(({ code }: { code: string }) => code));
    expect(codes).toEqual(['LAST_ADMIN']);
    expect((await roles()).filter((row) => (row as { role: string }).role === 'ADMIN')).toHaveLength(1);
  });

  it.each(['anonymous', 'customer', 'staff', 'service', 'internal'] as const)(
    'lets %s set no role and list nobody, and nothing moves',
    async (who) => {
      const anna = await person('anna');

      const set = await subgraph.execute(setRole, { userId: anna.userId, role: 'ADMIN' }, viewers[who]);
      const listed = await subgraph.execute(list, {}, viewers[who]);

      const code = who === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      expect([set, listed].map(({ errors }) => errors?.[0]?.extensions?.code)).toEqual([code, code]);
      expect(await roles()).toEqual([{ name: 'anna', role: 'CUSTOMER' }]);
    },
  );

  it('lists people for admins, newest first, by role and by what name or address contain', async () => {
    const alla = await person('alla', 'ADMIN');
    for (const name of ['anna', 'an%a', 'boris']) await person(name);
    const names = async (variables: Record<string, unknown>) =>
      (await subgraph.execute(list, variables, alla)).data.users.nodes.map((node: { name: string }) => node.name);

    const first = (await subgraph.execute(list, { first: 2 }, alla)).data.users;

    expect(first).toMatchObject({ totalCount: 4, nodes: [{ name: 'boris' }, { name: 'an%a' }] });
    expect(await names({ first: 9, after: first.pageInfo.endCursor })).toEqual(['anna', 'alla']);
    expect(await names({ filter: { text: 'N%A' } })).toEqual(['an%a']);
    expect(await names({ filter: { text: 'BORIS@example' } })).toEqual(['boris']);
    expect(await names({ filter: { role: 'ADMIN' } })).toEqual(['alla']);
    expect(await names({ filter: { text: 'a\0n' } })).toEqual(['an%a', 'anna']);
  });

  it('lists the organizations of many people in as few statements as of one', async () => {
    const alla = await person('alla', 'ADMIN');
    for (const name of ['anna', 'boris', 'vera']) {
      await person(name);
      const input = { clerkOrganizationId: `org_${name}`, name, type: 'SUPPLIER', adminClerkUserId: `user_${name}` };
      const ensure = 'mutation ($input: EnsureOrganizationInput!) { ensureOrganization(input: $input) { id } }';
      await subgraph.execute(ensure, { input }, viewers.internal);
    }
    const query = `query ($first: Int) { users(first: $first) { nodes { email memberships { organization { name } } } } }`;
    subgraph.statements();

    const { users } = (await subgraph.execute(query, { first: 3 }, alla)).data;

    expect(subgraph.statements()).toHaveLength(3);
    expect(users.nodes[0]).toEqual({ email: 'vera@example.com', memberships: [{ organization: { name: 'vera' } }] });
  });

  it('shows a stranger the name alone, to whom other subgraphs refer', async () => {
    const [anna, boris] = [await person('anna'), await person('boris')];
    const entities = `query ($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) {
      ... on User { name email role createdAt memberships { id } organization { id } actingRole }
    } }`;
    const nothing = {
      email: null,
      role: null,
      createdAt: null,
      memberships: null,
      organization: null,
      actingRole: null,
    };
    const seenBy = async (viewer: UserViewer) =>
      (await subgraph.execute(entities, { id: anna.userId }, viewer)).data._entities[0];

    expect(await seenBy(boris)).toEqual({ name: 'anna', ...nothing });
    expect(await seenBy(await person('stepan', 'STAFF'))).toMatchObject({
      email: 'anna@example.com',
      role: 'CUSTOMER',
    });
    expect(await seenBy(anna)).toMatchObject({ email: 'anna@example.com', memberships: [] });
  });
});

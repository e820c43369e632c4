import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MembershipRepository } from '../membership/membership.repository.ts';
import { OrganizationRepository } from '../organization/organization.repository.ts';
import { accounts } from '../subgraph.ts';
import { UserRepository } from '../user/user.repository.ts';
import { createForgetSessions } from './forget-sessions.job.ts';
import { SessionRepository } from './session.repository.ts';

const signInMutation = `mutation ($input: SignInInput!) { signIn(input: $input) { userId role organization { id type role } } }`;

describe('signing in', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await createTestSubgraph(accounts);
  });
  afterAll(() => subgraph.close());

  const signIn = async (clerkUserId: string, token: Record<string, unknown> = {}) => {
    const input = { clerkUserId, ...token };
    const answer = await subgraph.execute(signInMutation, { input }, viewers.internal);
    expect(answer.errors).toBeUndefined();
    return answer.data.signIn;
  };
  const at = new Date('2026-02-01T00:00:00Z');
  /** An organisation with one person in it, as Clerk's events tell of them. */
  const join = async (clerkUserId: string, clerkOrganizationId: string, type: 'RESTAURANT' | 'SUPPLIER' | 'SHOP') => {
    const { userId } = await signIn(clerkUserId);
    const { manager } = subgraph.dataSource;
    const organizations = new OrganizationRepository(manager);
    const known = { clerkOrganizationId, name: clerkOrganizationId, slug: null, imageUrl: null, type, at };
    await organizations.applyClerkOrganization(known);
    const { id: organizationId } = (await organizations.findByClerkId(clerkOrganizationId)) ?? { id: '' };
    const membership = { userId, organizationId, clerkMembershipId: 'orgmem_1', clerkRole: 'org:admin', at };
    await new MembershipRepository(manager).applyClerkMembership(membership);
    return { userId, organizationId, membership };
  };

  it('makes one person and one session of two hundred concurrent first requests', async () => {
    const token = { email: 'anna@example.com', sessionId: 'sess_anna' };

    const answers = await Promise.all(Array.from({ length: 200 }, () => signIn('user_anna', token)));

    expect(new Set(answers.map(({ userId }) => userId)).size).toBe(1);
    const rows = await subgraph.ownerQuery(
      `SELECT u.email, s.id FROM accounts.users u JOIN accounts.sessions s ON s.user_id = u.id
       WHERE u.clerk_user_id = 'user_anna'`,
    );
    expect(rows).toEqual([{ email: 'anna@example.com', id: 'sess_anna' }]);
  });

  it('costs a known person one statement, and no write', async () => {
    const token = { email: 'boris@example.com', name: 'Boris', sessionId: 'sess_boris', clerkOrganizationId: 'org_x' };
    await signIn('user_boris', token);
    subgraph.statements();

    await signIn('user_boris', token);

    const statements = subgraph.statements();
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatch(/^SELECT/);
  });

  it('takes e-mail and name that changed from the token, leaves what it does not carry, and the role', async () => {
    await signIn('user_vera', { email: 'vera@example.com', name: 'Vera', role: 'STAFF' });
    await signIn('user_vera', { name: 'Vera Pavlovna', role: 'ADMIN' });

    const rows = await subgraph.ownerQuery(
      `SELECT email, name, role FROM accounts.users WHERE clerk_user_id = 'user_vera'`,
    );
    expect(rows).toEqual([{ email: 'vera@example.com', name: 'Vera Pavlovna', role: 'STAFF' }]);
  });

  it('lets in a person whose name no database keeps as it is, and writes nothing the second time', async () => {
    const token = { name: ' \0Nul\ud800 ', email: '', sessionId: 'sess_nul' };
    await signIn('user_nul', token);
    subgraph.statements();
    await signIn('user_nul', token);

    expect(subgraph.statements()).toHaveLength(1);
    const rows = await subgraph.ownerQuery(`SELECT email, name FROM accounts.users WHERE clerk_user_id = 'user_nul'`);
    expect(rows).toEqual([{ email: null, name: 'Nul\ufffd' }]);
  });

  it('forgets sessions long after their end, and no others', async () => {
    for (const id of ['ended', 'just_ended', 'old', 'going']) await signIn('user_old', { sessionId: `sess_${id}` });
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
    const set = (id: string, column: string, moment: Date) =>
      subgraph.ownerQuery(`UPDATE accounts.sessions SET ${column} = $2 WHERE id = $1`, [`sess_${id}`, moment]);
    await set('ended', 'ended_at', ago(31));
    await set('just_ended', 'ended_at', ago(29));
    await set('old', 'created_at', ago(401));

    const environment = { dataSource: subgraph.dataSource } as SubgraphEnvironment;
    await createForgetSessions(environment).run([
      { id: '1', payload: {}, attempt: 1, isLastAttempt: true, signal: new AbortController().signal },
    ]);

    const rows = await subgraph.ownerQuery(
      `SELECT s.id FROM accounts.sessions s JOIN accounts.users u ON u.id = s.user_id
       WHERE u.clerk_user_id = 'user_old' ORDER BY 1`,
    );
    expect(rows).toEqual([{ id: 'sess_going' }, { id: 'sess_just_ended' }]);
  });

  it('gives a customer the role of the organization that the token names, and others keep theirs', async () => {
    const { organizationId } = await join('user_gleb', 'org_gleb', 'RESTAURANT');
    await signIn('user_dina', { role: 'STAFF' });
    await join('user_dina', 'org_dina', 'SUPPLIER');

    expect(await signIn('user_gleb')).toMatchObject({ role: 'CUSTOMER', organization: null });
    expect(await signIn('user_gleb', { clerkOrganizationId: 'org_gleb' })).toMatchObject({
      role: 'RESTAURANT',
      organization: { id: organizationId, type: 'RESTAURANT', role: 'ADMIN' },
    });
    expect(await signIn('user_dina', { clerkOrganizationId: 'org_dina' })).toMatchObject({
      role: 'STAFF',
      organization: { type: 'SUPPLIER' },
    });
  });

  it('believes no organization that the person is not, or no longer, a member of', async () => {
    const { membership } = await join('user_egor', 'org_egor', 'SUPPLIER');

    const stranger = await signIn('user_other', { clerkOrganizationId: 'org_egor' });
    const unknown = await signIn('user_egor', { clerkOrganizationId: 'org_nowhere' });
    await new MembershipRepository(subgraph.dataSource.manager).endByClerk({ ...membership, at: new Date() });
    const former = await signIn('user_egor', { clerkOrganizationId: 'org_egor' });

    const none = { role: 'CUSTOMER', organization: null };
    expect([stranger, unknown, former]).toEqual([none, none, none].map((one) => expect.objectContaining(one)));
  });

  it('lets in nobody who was deleted or banned, and no session that is over, known before or not', async () => {
    const { manager } = subgraph.dataSource;
    const users = new UserRepository(manager);
    const sessions = new SessionRepository(manager);
    await signIn('user_zoya', { email: 'zoya@example.com' });
    await signIn('user_igor', { sessionId: 'sess_igor' });

    await users.anonymise('user_zoya', at);
    await users.anonymise('user_never_seen', at);
    await users.applyClerkUser({ clerkUserId: 'user_lev', email: null, name: null, banned: true, at });
    await sessions.end('sess_igor', 'user_igor');
    await sessions.end('sess_unseen', 'user_nobody_yet');

    expect(await signIn('user_zoya', { email: 'zoya@example.com' })).toBeNull();
    expect(await signIn('user_never_seen', { name: 'Late' })).toBeNull();
    expect(await signIn('user_lev')).toBeNull();
    expect(await signIn('user_igor', { sessionId: 'sess_igor' })).toBeNull();
    expect(await signIn('user_nobody_yet', { sessionId: 'sess_unseen' })).toBeNull();
    expect(await signIn('user_igor', { sessionId: 'sess_igor_2' })).not.toBeNull();
    const rows = await subgraph.ownerQuery(
      `SELECT email, name FROM accounts.users WHERE clerk_user_id IN ('user_zoya', 'user_never_seen')`,
    );
    expect(rows).toEqual(Array(2).fill({ email: null, name: null }));
  });

  it.each(['anonymous', 'customer', 'staff', 'admin', 'service'] as const)('is nothing that %s may do', async (who) => {
    const input = { clerkUserId: `user_by_${who}` };

    const { data, errors } = await subgraph.execute(signInMutation, { input }, viewers[who]);

    expect(data.signIn).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const rows = await subgraph.ownerQuery('SELECT 1 FROM accounts.users WHERE clerk_user_id = $1', [
      input.clerkUserId,
    ]);
    expect(rows).toEqual([]);
  });
});

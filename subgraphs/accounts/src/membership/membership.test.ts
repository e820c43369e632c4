import { onIdentityChanged } from '@gastronom/shared/identity-changed';
import {
  createTestSubgraph,
  type TestAnswer,
  type TestSubgraph,
  viewers,
} from '@gastronom/shared/testing/test-subgraph';
import type { UserViewer, Viewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accounts } from '../subgraph.ts';
import { auditOf, type People, peopleOf, versions } from '../testing/people.ts';

const setRole = `mutation ($id: ID!, $role: MembershipRole!) { setMemberRole(input: { membershipId: $id, role: $role }) {
  membership { role } userErrors { code field }
} }`;
const remove = `mutation ($id: ID!) { removeMember(membershipId: $id) { membership { user { name } } userErrors { code field } } }`;
const leave = `mutation ($id: ID!) { leaveOrganization(organizationId: $id) { membership { id } userErrors { code field } } }`;
const invite = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) {
  invitation { id email role status invitedBy { name } } userErrors { code field }
} }`;
const revoke = `mutation ($id: ID!) { revokeInvitation(id: $id) { invitation { status } userErrors { code field } } }`;

describe('memberships', () => {
  let subgraph: TestSubgraph;
  let people: People;
  let [owner, member, stranger, staff, admin]: UserViewer[] = [];
  let bistro: string;
  const memberships: Record<string, string> = {};
  beforeAll(async () => {
    subgraph = await createTestSubgraph(accounts);
    people = peopleOf(subgraph);
  });
  beforeEach(async () => {
    await subgraph.ownerQuery('TRUNCATE accounts.users, accounts.organizations CASCADE');
    owner = await people.person('olga');
    member = await people.person('misha');
    stranger = await people.person('slava');
    staff = await people.person('stepan', 'STAFF');
    admin = await people.person('alla', 'ADMIN');
    bistro = await people.organization('bistro', 'RESTAURANT', 'olga');
    memberships.misha = await people.join(bistro, 'misha');
    const rows = await subgraph.ownerQuery<{ id: string }>(
      `SELECT m.id FROM accounts.memberships m JOIN accounts.users u ON u.id = m.user_id WHERE u.name = 'olga'`,
    );
    memberships.olga = rows[0]?.id ?? '';
    await people.organization('dairy', 'SUPPLIER', 'slava');
  });
  afterAll(() => subgraph.close());

  const standing = () =>
    subgraph.ownerQuery(
      `SELECT u.name, m.role FROM accounts.memberships m JOIN accounts.users u ON u.id = m.user_id
       WHERE m.organization_id = $1 AND m.ended_at IS NULL ORDER BY 1`,
      [bistro],
    );
  const codesOf = ({ errors, data }: TestAnswer) =>
    errors?.map(({ extensions }) => extensions?.code) ??
    Object.values<{ userErrors: { code: string }[] }>(data).flatMap(({ userErrors }) =>
      userErrors.map(({ code }) => code),
    );

  it('change by an ADMIN of the organization and by admins, at once in every gateway', async () => {
    const changes: unknown[] = [];
    const stop = onIdentityChanged(subgraph.broadcast, (change) => changes.push(change));

    const raised = await subgraph.execute(setRole, { id: memberships.misha, role: 'ADMIN' }, owner);
    const removed = await subgraph.execute(remove, { id: memberships.olga }, admin);
    stop();

    expect(raised.data.setMemberRole).toEqual({ membership: { role: 'ADMIN' }, userErrors: [] });
    expect(removed.data.removeMember).toEqual({ membership: { user: { name: 'olga' } }, userErrors: [] });
    expect(changes).toEqual([{ clerkUserId: 'user_misha' }, { clerkUserId: 'user_olga' }]);
    expect(await standing()).toEqual([{ name: 'misha', role: 'ADMIN' }]);
    const told = { userId: member?.userId, organizationId: bistro };
    expect(await auditOf(subgraph, memberships.misha ?? '')).toEqual([
      { action: 'membership.begin', before: null, after: { ...told, role: 'MEMBER' } },
      { action: 'membership.role.set', before: { ...told, role: 'MEMBER' }, after: { ...told, role: 'ADMIN' } },
    ]);
  });

  it('never leave an organization without an ADMIN', async () => {
    const before = await versions(subgraph);

    const answers = [
      await subgraph.execute(leave, { id: bistro }, owner),
      await subgraph.execute(remove, { id: memberships.olga }, admin),
      await subgraph.execute(setRole, { id: memberships.olga, role: 'MEMBER' }, owner),
    ];

    expect(answers.flatMap(codesOf)).toEqual(['LAST_ADMIN', 'LAST_ADMIN', 'LAST_ADMIN']);
    expect(await versions(subgraph)).toEqual(before);
  });

  it('leave one ADMIN when two leave at once', async () => {
    await subgraph.execute(setRole, { id: memberships.misha, role: 'ADMIN' }, owner);

    const answers = await Promise.all([owner, member].map((viewer) => subgraph.execute(leave, { id: bistro }, viewer)));

    expect(answers.flatMap(codesOf)).toEqual(['LAST_ADMIN']);
    expect(await standing()).toHaveLength(1);
  });

  it('are nothing that an ADMIN who was demoted meanwhile may change', async () => {
    await subgraph.execute(setRole, { id: memberships.misha, role: 'ADMIN' }, owner);

    const answers = await Promise.all([
      subgraph.execute(setRole, { id: memberships.olga, role: 'MEMBER' }, member),
      subgraph.execute(setRole, { id: memberships.misha, role: 'MEMBER' }, owner),
    ]);

    expect(answers.flatMap(codesOf)).toEqual(['FORBIDDEN']);
    expect((await standing()).map((row) => (row as { role: string }).role).sort()).toEqual(['ADMIN', 'MEMBER']);
  });

  it('end when a member leaves, and begin again when they are invited again', async () => {
    const left = await subgraph.execute(leave, { id: bistro }, member);
    const again = await subgraph.execute(leave, { id: bistro }, member);
    expect(await standing()).toEqual([{ name: 'olga', role: 'ADMIN' }]);
    const id = await people.join(bistro, 'misha', 'ADMIN');

    expect([left, again].flatMap(codesOf)).toEqual(['NOT_FOUND']);
    expect(id).toBe(memberships.misha);
    expect(await standing()).toEqual([
      { name: 'misha', role: 'ADMIN' },
      { name: 'olga', role: 'ADMIN' },
    ]);
  });

  it('begin at once without Clerk for a person who is known, and for nobody else', async () => {
    const ask = (email: string) =>
      subgraph.execute(invite, { input: { organizationId: bistro, email, role: 'MEMBER' } }, owner);

    const known = await ask(' Slava@Example.com ');
    const again = await ask('slava@example.com');
    const before = await versions(subgraph);
    const unknown = await ask('nobody@example.com');
    const nonsense = await Promise.all(
      ['', 'slava', 'a@b', `${'x'.repeat(250)}@example.com`, 'a\0@b.example'].map(ask),
    );

    expect(known.data.inviteMember.invitation).toMatchObject({
      email: 'slava@example.com',
      status: 'ACCEPTED',
      invitedBy: { name: 'olga' },
    });
    expect([again, unknown].flatMap(codesOf)).toEqual(['ALREADY_MEMBER', 'CLERK_NOT_CONFIGURED']);
    expect(nonsense.flatMap(codesOf)).toEqual(Array(5).fill('BAD_EMAIL'));
    expect(await versions(subgraph)).toEqual(before);
    const late = await subgraph.execute(revoke, { id: known.data.inviteMember.invitation.id }, owner);
    expect(codesOf(late)).toEqual(['NOT_PENDING']);
  });

  const acts = (): readonly (readonly [string, Record<string, unknown>])[] => [
    [setRole, { id: memberships.misha, role: 'ADMIN' }],
    [remove, { id: memberships.misha }],
    [invite, { input: { organizationId: bistro, email: 'slava@example.com', role: 'ADMIN' } }],
  ];
  const refused = async (viewer: Viewer | undefined) => {
    const before = await versions(subgraph);
    const answers = await Promise.all(acts().map(([query, variables]) => subgraph.execute(query, variables, viewer)));
    expect(await versions(subgraph)).toEqual(before);
    return answers.flatMap(codesOf);
  };

  it('are nothing that members, staff, strangers and machines may change, and nothing moves', async () => {
    expect(await refused(member)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(await refused(staff)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(await refused(stranger)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    expect(await refused(viewers.service)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(await refused(viewers.anonymous)).toEqual(Array(3).fill('UNAUTHENTICATED'));
    const [organization] = await Promise.all([subgraph.execute(leave, { id: bistro }, stranger)]);
    expect(codesOf(organization)).toEqual(['NOT_FOUND']);
  });
});

import { createTestSubgraph, type TestAnswer, type TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import type { UserViewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createAccountsContext } from '../context.ts';
import { readAccountsSettings } from '../env.ts';
import { InvitationRepository } from '../invitation/invitation.repository.ts';
import { MembershipRepository } from '../membership/membership.repository.ts';
import { accounts } from '../subgraph.ts';
import { type ClerkStandIn, type Fault, startClerkStandIn } from '../testing/clerk-stand-in.ts';
import { type People, peopleOf, versions } from '../testing/people.ts';

const create = `mutation { createOrganization(input: { name: "Bistro", type: RESTAURANT }) {
  organization { id name slug type } userErrors { code field message }
} }`;
const update = `mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) {
  organization { name type } userErrors { code }
} }`;
const remove = `mutation ($id: ID!) { deleteOrganization(id: $id) { organization { id } userErrors { code } } }`;
const setRole = `mutation ($id: ID!) { setMemberRole(input: { membershipId: $id, role: ADMIN }) {
  membership { role } userErrors { code message }
} }`;
const removeMember = `mutation ($id: ID!) { removeMember(membershipId: $id) { membership { id } userErrors { code message } } }`;
const invite = `mutation ($id: ID!, $email: String!) { inviteMember(input: { organizationId: $id, email: $email, role: ADMIN }) {
  invitation { id status } userErrors { code field message }
} }`;
const revoke = `mutation ($id: ID!) { revokeInvitation(id: $id) { invitation { status } userErrors { code message } } }`;

describe('organizations at Clerk', () => {
  let clerk: ClerkStandIn;
  let subgraph: TestSubgraph;
  let people: People;
  let olga: UserViewer;
  let admin: UserViewer;
  let bistro: string;
  let membership: string;
  beforeAll(async () => {
    clerk = await startClerkStandIn();
    const settings = readAccountsSettings({
      CLERK_SECRET_KEY: clerk.secretKey,
      CLERK_API_URL: clerk.url,
      CLERK_API_TIMEOUT_MS: '1500',
    });
    const createContext: typeof accounts.createContext = (environment) => createAccountsContext(environment, settings);
    subgraph = await createTestSubgraph({ ...accounts, createContext });
    people = peopleOf(subgraph);
  });
  beforeEach(async () => {
    await subgraph.ownerQuery('TRUNCATE accounts.users, accounts.organizations CASCADE');
    olga = await people.person('olga');
    admin = await people.person('alla', 'ADMIN');
    const { userId } = await people.person('misha');
    bistro = await people.organization('bistro', 'RESTAURANT', 'olga');
    membership = (await new MembershipRepository(subgraph.dataSource.manager).begin(userId, bistro, 'MEMBER')).id;
    clerk.faults.length = 0;
    clerk.calls();
  });
  afterAll(async () => {
    await subgraph.close();
    await clerk.close();
  });

  const payloadOf = ({ data, errors }: TestAnswer) => {
    expect(errors).toBeUndefined();
    return Object.values<{ userErrors: { code: string; message: string }[] }>(data)[0];
  };

  it('are made, changed and deleted there first, with their type where only backends write', async () => {
    const { organization } = (await subgraph.execute(create, {}, admin)).data.createOrganization;
    await subgraph.execute(update, { input: { id: organization.id, name: 'Bistro 2', type: 'SUPPLIER' } }, admin);
    await subgraph.execute(remove, { id: organization.id }, admin);

    expect(organization).toMatchObject({ name: 'Bistro', slug: 'a-slug', type: 'RESTAURANT' });
    const [row] = await subgraph.ownerQuery<Record<string, unknown>>(
      `SELECT name, type, clerk_organization_id AS at, deleted_at IS NOT NULL AS deleted FROM accounts.organizations
       WHERE id = $1`,
      [organization.id],
    );
    expect(row).toEqual({ name: 'Bistro 2', type: 'SUPPLIER', at: expect.stringMatching(/^org_made_/), deleted: true });
    const path = `/v1/organizations/${row?.at}`;
    expect(clerk.calls()).toEqual([
      { call: 'POST /v1/organizations', body: { name: 'Bistro', public_metadata: { type: 'RESTAURANT' } } },
      { call: `PATCH ${path}`, body: { name: 'Bistro 2' } },
      { call: `PATCH ${path}/metadata`, body: { public_metadata: { type: 'SUPPLIER' } } },
      { call: `DELETE ${path}`, body: {} },
    ]);
  });

  it('take members’ roles, ends, invitations and revocations', async () => {
    await subgraph.execute(setRole, { id: membership }, olga);
    await subgraph.execute(removeMember, { id: membership }, olga);
    const { invitation } = (await subgraph.execute(invite, { id: bistro, email: 'New@example.com' }, olga)).data
      .inviteMember;
    const { data } = await subgraph.execute(revoke, { id: invitation.id }, olga);

    expect(invitation.status).toBe('PENDING');
    expect(data.revokeInvitation).toEqual({ invitation: { status: 'REVOKED' }, userErrors: [] });
    const path = '/v1/organizations/org_bistro';
    expect(clerk.calls()).toEqual([
      { call: `PATCH ${path}/memberships/user_misha`, body: { role: 'org:admin' } },
      { call: `DELETE ${path}/memberships/user_misha`, body: {} },
      {
        call: `POST ${path}/invitations`,
        body: {
          email_address: 'new@example.com',
          role: 'org:admin',
          expires_in_days: 30,
          inviter_user_id: 'user_olga',
        },
      },
      { call: expect.stringMatching(`^POST ${path}/invitations/orginv_\\d+/revoke$`), body: {} },
    ]);
  });

  it('hear of no inviter who is none of their ADMINs', async () => {
    const { data } = await subgraph.execute(invite, { id: bistro, email: 'first@example.com' }, admin);

    expect(data.inviteMember.invitation.status).toBe('PENDING');
    const body = { email_address: 'first@example.com', role: 'org:admin', expires_in_days: 30 };
    expect(clerk.calls()).toEqual([{ call: 'POST /v1/organizations/org_bistro/invitations', body }]);
  });

  it('are not told of what our own rules refuse', async () => {
    const lastAdmin = await subgraph.execute(
      `mutation ($id: ID!) { leaveOrganization(organizationId: $id) { userErrors { code } } }`,
      { id: bistro },
      olga,
    );
    const member = await subgraph.execute(invite, { id: bistro, email: 'misha@example.com' }, olga);
    await subgraph.execute(invite, { id: bistro, email: 'new@example.com' }, olga);
    clerk.calls();
    const again = await subgraph.execute(invite, { id: bistro, email: 'new@example.com' }, olga);

    expect([lastAdmin, member, again].flatMap((one) => payloadOf(one)?.userErrors.map(({ code }) => code))).toEqual([
      'LAST_ADMIN',
      'ALREADY_MEMBER',
      'ALREADY_INVITED',
    ]);
    expect(clerk.calls()).toEqual([]);
  });

  it('send one letter where the same person is invited twice at once, and another when its time ran out', async () => {
    const ask = () => subgraph.execute(invite, { id: bistro, email: 'new@example.com' }, olga);
    const twice = (await Promise.all([ask(), ask()])).map((one) => one.data.inviteMember);
    const late = twice.find(({ invitation }) => invitation)?.invitation.id;
    await subgraph.ownerQuery(`UPDATE accounts.invitations SET created_at = now() - interval '31 days'`);

    const expired = await subgraph.execute(revoke, { id: late }, olga);
    const again = await ask();

    expect(twice.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'ALREADY_INVITED' }]);
    expect(payloadOf(expired)?.userErrors).toMatchObject([{ code: 'NOT_PENDING' }]);
    expect(again.data.inviteMember).toMatchObject({ invitation: { status: 'PENDING' }, userErrors: [] });
    expect(clerk.calls()).toHaveLength(2);
    const list = 'query ($id: ID!) { organization(id: $id) { invitations { totalCount nodes { status } } } }';
    const { organization } = (await subgraph.execute(list, { id: bistro }, olga)).data;
    expect(organization.invitations).toEqual({ totalCount: 2, nodes: [{ status: 'PENDING' }, { status: 'EXPIRED' }] });
  });

  const refusals: readonly (readonly [Fault, string])[] = [
    [{ status: 400, code: 'already_a_member_in_organization' }, 'ALREADY_MEMBER'],
    [{ status: 400, code: 'duplicate_record' }, 'ALREADY_INVITED'],
    [{ status: 403, code: 'organization_membership_quota_exceeded' }, 'QUOTA_EXCEEDED'],
    [{ status: 422, code: 'form_param_format_invalid' }, 'BAD_EMAIL'],
    [{ status: 422, code: 'something_new', message: 'We do not like it.' }, 'CLERK_REFUSED'],
  ];
  it.each(refusals)('that refuse an invitation by %j say so as %s, and nothing moves', async (fault, code) => {
    const before = await versions(subgraph);
    clerk.faults.push(fault);

    const { invitation, userErrors } = (await subgraph.execute(invite, { id: bistro, email: 'new@example.com' }, olga))
      .data.inviteMember;

    expect({ invitation, userErrors }).toMatchObject({
      invitation: null,
      userErrors: [{ code, field: ['input', 'email'] }],
    });
    if (code === 'CLERK_REFUSED') expect(userErrors[0].message).toBe('Clerk refuses: We do not like it.');
    expect(clerk.calls()).toHaveLength(1);
    expect(await versions(subgraph)).toEqual(before);
  });

  const absences: readonly (readonly [string, Fault])[] = [
    ['breaks down', { status: 500 }],
    ['wants fewer calls', { status: 429, code: 'too_many_requests' }],
    ['is silent', 'silence'],
    ['cuts the line', 'cut'],
  ];
  it.each(absences)('are asked twice for what may be repeated when Clerk %s', async (_what, fault) => {
    clerk.faults.push(fault);

    const { data } = await subgraph.execute(setRole, { id: membership }, olga);

    expect(data.setMemberRole.membership).toEqual({ role: 'ADMIN' });
    expect(clerk.calls()).toHaveLength(2);
  });

  it.each(absences)(
    'stay as they were when Clerk %s for long, and are asked once for what may not',
    async (_what, fault) => {
      const before = await versions(subgraph);
      clerk.faults.push(fault, fault, fault, fault, fault);

      const answers = await Promise.all([
        subgraph.execute(setRole, { id: membership }, olga),
        subgraph.execute(removeMember, { id: membership }, olga),
        subgraph.execute(invite, { id: bistro, email: 'new@example.com' }, olga),
      ]);

      expect(answers.map(({ errors }) => errors?.[0]?.extensions?.code)).toEqual(Array(3).fill('IDENTITY_UNAVAILABLE'));
      expect(clerk.calls()).toHaveLength(5);
      expect(await versions(subgraph)).toEqual(before);
    },
  );

  it('are away for a wrong secret key, which no client is told', async () => {
    clerk.faults.push({ status: 401, code: 'authentication_invalid', message: 'sk_test_secret is invalid' });

    const { errors } = await subgraph.execute(create, {}, admin);

    expect(errors?.[0]).toMatchObject({ extensions: { code: 'IDENTITY_UNAVAILABLE' } });
    expect(errors?.[0]?.message).not.toContain('secret');
  });

  it('end a membership that is gone there already', async () => {
    clerk.faults.push({ status: 404, code: 'resource_not_found' });

    const { data } = await subgraph.execute(removeMember, { id: membership }, olga);

    expect(data.removeMember).toMatchObject({ membership: { id: membership }, userErrors: [] });
  });

  it('write an invitation down once where Clerk’s event of it came first', async () => {
    const { invitation } = (await subgraph.execute(invite, { id: bistro, email: 'new@example.com' }, olga)).data
      .inviteMember;
    const [{ id: clerkInvitationId } = { id: '' }] = await subgraph.ownerQuery<{ id: string }>(
      'SELECT clerk_invitation_id AS id FROM accounts.invitations',
    );
    const invitations = new InvitationRepository(subgraph.dataSource.manager);
    const event = { clerkInvitationId, organizationId: bistro, email: 'new@example.com', clerkRole: 'org:admin' };

    const pending = { ...event, status: 'PENDING', at: new Date('2026-03-01T10:00:00Z') } as const;
    await invitations.applyClerkInvitation({ ...pending, status: 'ACCEPTED', at: new Date('2026-03-01T11:00:00Z') });
    await invitations.applyClerkInvitation(pending);
    const again = await invitations.insert({
      ...event,
      role: 'ADMIN',
      status: 'PENDING',
      invitedByUserId: olga.userId,
    });

    expect(again).toMatchObject({ id: invitation.id, status: 'ACCEPTED' });
  });

  it('leave connections to others while Clerk is slow', async () => {
    clerk.faults.push(...Array<Fault>(20).fill('silence'));
    const asked = Array.from({ length: 12 }, () => subgraph.execute(create, {}, admin));

    const me = await subgraph.execute('{ me { name } }', {}, olga);
    const codes = (await Promise.all(asked)).map(({ errors }) => errors?.[0]?.extensions?.code);

    expect(me.data.me).toEqual({ name: 'olga' });
    expect(codes.filter((code) => code === 'IDENTITY_UNAVAILABLE')).toHaveLength(4);
    expect(codes.filter((code) => code === 'OVERLOADED')).toHaveLength(8);
  });
});

import { type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { MembershipRole, OrganizationType, Role, UserViewer } from '@gastronom/shared/viewer';

/** People and organisations of a test, made through the front door. */
export interface People {
  /** Somebody who signs in, and how requests of theirs look. */
  person(name: string, role?: Role): Promise<UserViewer>;
  /** An organisation with its first ADMIN; its id. */
  organization(name: string, type: OrganizationType, admin: string): Promise<string>;
  /** Makes a known person a member; the id of the membership. */
  join(organizationId: string, name: string, role?: MembershipRole): Promise<string>;
}

const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { userId } }';
const ensure = 'mutation ($input: EnsureOrganizationInput!) { ensureOrganization(input: $input) { id } }';
const invite = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { userErrors { message } } }`;
const membership = `SELECT m.id FROM accounts.memberships m JOIN accounts.users u ON u.id = m.user_id
  WHERE m.organization_id = $1 AND u.name = $2`;

export const clerkIdOf = (name: string): string => `user_${name}`;

export function peopleOf(subgraph: TestSubgraph): People {
  const ask = async (query: string, input: object, viewer: typeof viewers.internal | typeof viewers.admin) => {
    const { data, errors } = await subgraph.execute(query, { input }, viewer);
    if (errors) throw new Error(errors.map(({ message }) => message).join(' '));
    return data;
  };
  return {
    async person(name, role = 'CUSTOMER') {
      const sessionId = `sess_${name}`;
      const input = { clerkUserId: clerkIdOf(name), name, email: `${name}@example.com`, role, sessionId };
      const data = await ask(signIn, input, viewers.internal);
      return { kind: 'user', userId: data.signIn.userId, role, sessionId };
    },
    async organization(name, type, admin) {
      const input = { clerkOrganizationId: `org_${name}`, name, type, adminClerkUserId: clerkIdOf(admin) };
      return (await ask(ensure, input, viewers.internal)).ensureOrganization.id;
    },
    async join(organizationId, name, role = 'MEMBER') {
      const data = await ask(invite, { organizationId, email: `${name}@example.com`, role }, viewers.admin);
      if (data.inviteMember.userErrors.length > 0) throw new Error(data.inviteMember.userErrors[0].message);
      const [row] = await subgraph.ownerQuery<{ id: string }>(membership, [organizationId, name]);
      return row?.id ?? '';
    },
  };
}

/** What tells whether anything moved: every row's version, of every table that an act may touch. */
export const versions = (subgraph: TestSubgraph): Promise<unknown[]> =>
  subgraph.ownerQuery(
    `SELECT 'u' AS t, id::text, xmin::text FROM accounts.users
     UNION ALL SELECT 'o', id::text, xmin::text FROM accounts.organizations
     UNION ALL SELECT 'm', id::text, xmin::text FROM accounts.memberships
     UNION ALL SELECT 's', id, xmin::text FROM accounts.sessions
     UNION ALL SELECT 'i', id::text, xmin::text FROM accounts.invitations
     UNION ALL SELECT 'j', id::text, '' FROM jobs.job WHERE name = 'record-audit'
     ORDER BY 1, 2`,
  );

/** What the audit log is told of a subject, in order. */
export const auditOf = (subgraph: TestSubgraph, subjectId: string): Promise<unknown[]> =>
  subgraph.ownerQuery(
    `SELECT data->>'action' AS action, data->'before' AS before, data->'after' AS after FROM jobs.job
     WHERE name = 'record-audit' AND data->'subject'->>'id' = $1 ORDER BY created_on`,
    [subjectId],
  );

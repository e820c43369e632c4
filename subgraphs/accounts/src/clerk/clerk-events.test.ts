import { recordAuditJob } from '@gastronom/shared/audit';
import { onIdentityChanged } from '@gastronom/shared/identity-changed';
import { defineJob, implementJob } from '@gastronom/shared/jobs/job';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ClerkSender } from '../testing/clerk-sender.ts';
import { type ClerkWebhook, openClerkWebhook } from '../testing/clerk-webhook.ts';

const { user, organization, membership, invitation, session, deleted } = ClerkSender;
const early = 1_790_000_000_000;
const late = early + 60_000;

describe('what Clerk tells', () => {
  let webhook: ClerkWebhook;
  let told: string[] = [];
  beforeAll(async () => {
    webhook = await openClerkWebhook();
    onIdentityChanged(webhook.subgraph.broadcast, (change) =>
      told.push('clerkUserId' in change ? change.clerkUserId : 'a key'),
    );
  });
  beforeEach(() => {
    told = [];
  });
  afterAll(() => webhook.close());

  const outcomes = async (...events: readonly [string, Record<string, unknown>][]) => {
    const answers: (string | undefined)[] = [];
    for (const [type, data] of events) answers.push((await webhook.tell(type, data)).outcome);
    return answers;
  };
  const rowOf = async (clerkUserId: string) =>
    (
      await webhook.subgraph.ownerQuery<Record<string, unknown>>(
        `SELECT id, email, name, role, banned_at IS NOT NULL AS banned, deleted_at IS NOT NULL AS deleted
         FROM accounts.users WHERE clerk_user_id = $1`,
        [clerkUserId],
      )
    )[0];
  const signIn = async (clerkUserId: string, more: Record<string, unknown> = {}) => {
    const mutation = `mutation ($input: SignInInput!) { signIn(input: $input) { role organization { type role } } }`;
    const variables = { input: { clerkUserId, sessionId: `sess_${clerkUserId}`, ...more } };
    return (await webhook.subgraph.execute(mutation, variables, viewers.internal)).data.signIn;
  };
  const audited = async (action: string) =>
    (
      await webhook.subgraph.ownerQuery<{ data: Record<string, unknown> }>(
        `SELECT data FROM jobs.job WHERE name = $1 AND data->>'action' = $2 ORDER BY created_on`,
        [recordAuditJob.name, action],
      )
    ).map(({ data }) => data);

  it('knows a person, and what is later known of them', async () => {
    expect(await outcomes(['user.created', user('user_olga', early)])).toEqual(['APPLIED']);
    expect(await rowOf('user_olga')).toMatchObject({ email: 'user_olga@example.com', name: 'Olga Orlova' });

    const later = { last_name: null, first_name: null, username: 'olga', primary_email_address_id: null };
    await outcomes(['user.updated', user('user_olga', late, later)], ['user.updated', user('user_olga', early)]);

    expect(await rowOf('user_olga')).toMatchObject({ email: null, name: 'olga', role: 'CUSTOMER' });
    expect(told).toEqual(['user_olga', 'user_olga']);
  });

  it('knows who was expected by an address once it is verified, and tells where they were known already', async () => {
    const expected = async (email: string) => {
      const query = 'mutation ($email: String!) { ensureUser(input: { email: $email }) { user { id } } }';
      return (await webhook.subgraph.execute(query, { email }, viewers.internal)).data.ensureUser.user.id as string;
    };
    const withStatus = (id: string, status: string) => ({
      email_addresses: [{ id: 'idn_1', email_address: `${id}@example.com`, verification: { status } }],
    });
    const hear = defineJob({ name: 'hear-arrivals', on: 'ExpectedUserArrived', payload: z.unknown() });
    await webhook.subgraph.jobs.work([implementJob(hear, async () => undefined)]);
    const [ira, lev] = [await expected('user_ira@example.com'), await expected('user_lev2@example.com')];

    await outcomes(['user.created', user('user_ira', early, withStatus('user_ira', 'verified'))]);
    await outcomes(['user.created', user('user_lev2', early, withStatus('user_lev2', 'unverified'))]);
    await outcomes(['user.updated', user('user_lev2', late, withStatus('user_lev2', 'verified'))]);

    expect(await rowOf('user_ira')).toMatchObject({ id: ira, name: 'Olga Orlova' });
    const known = (await rowOf('user_lev2'))?.id;
    expect(known).not.toBe(lev);
    expect(await webhook.subgraph.ownerQuery('SELECT * FROM accounts.users WHERE id = $1', [lev])).toEqual([]);
    const told = await webhook.subgraph.ownerQuery(
      `SELECT data->'data' AS data FROM jobs.job WHERE name = 'hear-arrivals'`,
    );
    expect(told).toEqual([{ data: { expectedUserId: lev, userId: known } }]);
  });

  it('gives nobody a role by what their metadata says', async () => {
    const metadata = { public_metadata: { role: 'ADMIN' }, unsafe_metadata: { role: 'ADMIN' } };

    await outcomes(['user.created', user('user_wish', early, metadata)]);

    expect(await signIn('user_wish')).toEqual({ role: 'CUSTOMER', organization: null });
  });

  it('refuses a person who is banned, until they are no more; one who is locked out stays where they are', async () => {
    await outcomes(['user.created', user('user_ban', early)]);
    await outcomes(['user.updated', user('user_ban', early + 1, { locked: true })]);
    expect(await signIn('user_ban')).not.toBeNull();

    await outcomes(['user.updated', user('user_ban', early + 2, { banned: true })]);
    expect(await signIn('user_ban')).toBeNull();
    expect(told.at(-1)).toBe('user_ban');
    await outcomes(['user.updated', user('user_ban', early + 3)]);

    expect(await signIn('user_ban')).not.toBeNull();
    expect(await audited('user.ban.set')).toMatchObject([
      { actor: 'internal:clerk', client: { ip: '192.0.2.7' }, before: { banned: false }, after: { banned: true } },
      { actor: 'internal:clerk', requestId: 'request-of-svix', before: { banned: true }, after: { banned: false } },
    ]);
  });

  it('takes name and address from who was deleted, ends all that was theirs, and never brings them back', async () => {
    const kitchen = organization('org_left', early);
    const member = membership({ id: 'orgmem_left', user: 'user_gone' }, kitchen, early);
    await outcomes(['user.created', user('user_gone', early)], ['organizationMembership.created', member]);
    await outcomes([
      'organizationInvitation.created',
      { ...invitation('orginv_gone', 'org_left', early), email_address: 'USER_gone@example.com' },
    ]);
    expect(await signIn('user_gone', { clerkOrganizationId: 'org_left' })).toMatchObject({ role: 'RESTAURANT' });
    const { id } = (await rowOf('user_gone')) ?? {};
    const { jobs, ownerQuery } = webhook.subgraph;
    const hear = defineJob({ name: 'hear-departures', on: 'UserDeleted', payload: z.unknown() });
    await jobs.work([implementJob(hear, async () => undefined)]);
    told = [];

    expect(await outcomes(['user.deleted', deleted('user_gone', 'user')])).toEqual(['APPLIED']);
    const afterwards = await outcomes(
      ['user.updated', user('user_gone', late + 1)],
      ['organizationMembership.updated', { ...member, updated_at: late + 1 }],
      ['user.deleted', deleted('user_gone', 'user')],
    );

    expect(afterwards).toEqual(['STALE', 'APPLIED', 'STALE']);
    expect(await rowOf('user_gone')).toEqual({
      id,
      email: null,
      name: null,
      role: 'CUSTOMER',
      banned: false,
      deleted: true,
    });
    expect(await signIn('user_gone', { email: 'back@example.com' })).toBeNull();
    expect(await rowOf('user_gone')).toMatchObject({ email: null });
    const left = `SELECT (SELECT count(*)::int FROM accounts.memberships WHERE user_id = $1 AND ended_at IS NULL) AS memberships,
      (SELECT count(*)::int FROM accounts.sessions WHERE user_id = $1 AND ended_at IS NULL) AS sessions,
      (SELECT count(*)::int FROM accounts.invitations WHERE email LIKE 'user_gone%') AS invitations`;
    expect(await webhook.subgraph.ownerQuery(left, [id])).toEqual([{ memberships: 0, sessions: 0, invitations: 0 }]);
    expect(told).toEqual(['user_gone']);
    expect(await ownerQuery(`SELECT data->'data' AS said FROM jobs.job WHERE name = 'hear-departures'`)).toEqual([
      { said: { userId: id } },
    ]);
    const acts = await audited('user.delete');
    expect(acts).toMatchObject([{ subject: { type: 'User', id }, before: { role: 'CUSTOMER' }, after: null }]);
    expect(JSON.stringify(acts)).not.toMatch(/example\.com|Orlova/);
  });

  it('refuses a person who was deleted before anybody heard of them', async () => {
    await outcomes(['user.deleted', deleted('user_never', 'user')], ['user.created', user('user_never', late)]);

    expect(await signIn('user_never')).toBeNull();
    expect(await rowOf('user_never')).toMatchObject({ email: null, name: null, deleted: true });
  });

  it.each(['session.ended', 'session.removed', 'session.revoked'])('refuses a session at once on %s', async (type) => {
    const id = `user_${type}`;
    expect(await signIn(id)).not.toBeNull();

    await outcomes([type, session(`sess_${id}`, id)]);

    expect(await signIn(id)).toBeNull();
    expect(await signIn(id, { sessionId: 'sess_other' })).not.toBeNull();
    expect(told).toEqual([id]);
  });

  it('refuses a session that ended before anybody was seen in it', async () => {
    await outcomes(['session.ended', session('sess_user_unseen', 'user_unseen')]);

    expect(await signIn('user_unseen')).toBeNull();
  });

  it('knows a member before it knows person and organisation, and tells the log of each change of rights', async () => {
    const kitchen = organization('org_first', early);
    const member = (role: string, at: number) =>
      membership({ id: 'orgmem_first', user: 'user_first', role }, kitchen, at);

    await outcomes(['organizationMembership.created', member('org:member', early)]);
    expect(await signIn('user_first', { clerkOrganizationId: 'org_first' })).toEqual({
      role: 'RESTAURANT',
      organization: { type: 'RESTAURANT', role: 'MEMBER' },
    });
    await outcomes(['organizationMembership.updated', member('org:admin', late)]);
    expect(await signIn('user_first', { clerkOrganizationId: 'org_first' })).toMatchObject({
      organization: { role: 'ADMIN' },
    });
    const afterwards = await outcomes(
      ['organizationMembership.deleted', member('org:admin', late)],
      ['organizationMembership.updated', member('org:admin', late)],
      ['organizationMembership.created', member('org:member', early)],
    );

    expect(afterwards).toEqual(['APPLIED', 'STALE', 'STALE']);
    expect(await signIn('user_first', { clerkOrganizationId: 'org_first' })).toEqual({
      role: 'CUSTOMER',
      organization: null,
    });
    expect(told).toEqual(['user_first', 'user_first', 'user_first']);
    expect((await audited('membership.begin')).at(-1)).toMatchObject({ before: null, after: { role: 'MEMBER' } });
    expect(await audited('membership.role.set')).toMatchObject([
      { before: { role: 'MEMBER' }, after: { role: 'ADMIN' } },
    ]);
    expect((await audited('membership.end')).at(-1)).toMatchObject({ before: { role: 'ADMIN' }, after: null });
  });

  it('lets nobody act for an organisation that was deleted, under the name that it last had', async () => {
    const kitchen = organization('org_closed', early);
    await outcomes([
      'organizationMembership.created',
      membership({ id: 'orgmem_c', user: 'user_cook' }, kitchen, early),
    ]);
    told = [];

    await outcomes(['organization.deleted', deleted('org_closed', 'organization')]);
    await outcomes(['organization.updated', organization('org_closed', late, { name: 'Late name' })]);

    expect(await signIn('user_cook', { clerkOrganizationId: 'org_closed' })).toMatchObject({ organization: null });
    expect(told).toEqual(['user_cook']);
    const named = `SELECT name, deleted_at IS NOT NULL AS deleted FROM accounts.organizations WHERE clerk_organization_id = 'org_closed'`;
    expect(await webhook.subgraph.ownerQuery(named)).toEqual([{ name: 'Late name', deleted: true }]);
    expect(await audited('organization.delete')).toMatchObject([{ before: { name: 'Kitchen of org_closed' } }]);
  });

  it('lets members act once Clerk says what their organisation is, and tells the gateways', async () => {
    const unnamed = organization('org_type', early, { public_metadata: { type: 'EMPIRE' } });
    await outcomes([
      'organizationMembership.created',
      membership({ id: 'orgmem_t', user: 'user_type' }, unnamed, early),
    ]);
    expect(await signIn('user_type', { clerkOrganizationId: 'org_type' })).toMatchObject({ organization: null });
    told = [];

    await outcomes(['organization.updated', organization('org_type', late, { public_metadata: { type: 'supplier' } })]);

    expect(await signIn('user_type', { clerkOrganizationId: 'org_type' })).toMatchObject({ role: 'SUPPLIER' });
    expect(told).toEqual(['user_type']);
  });

  it('follows an invitation, and does not open again what was answered', async () => {
    const statusOf = async (id: string) =>
      webhook.subgraph.ownerQuery(
        'SELECT email, role, status FROM accounts.invitations WHERE clerk_invitation_id = $1',
        [id],
      );

    await outcomes(
      ['organizationInvitation.created', invitation('orginv_1', 'org_invites', early)],
      ['organizationInvitation.accepted', invitation('orginv_1', 'org_invites', late, 'accepted')],
      ['organizationInvitation.revoked', invitation('orginv_2', 'org_invites', late, 'revoked')],
      ['organizationInvitation.created', invitation('orginv_2', 'org_invites', early)],
    );

    const guest = { email: 'guest@example.com', role: 'MEMBER' };
    expect(await statusOf('orginv_1')).toEqual([{ ...guest, status: 'ACCEPTED' }]);
    expect(await statusOf('orginv_2')).toEqual([{ ...guest, status: 'REVOKED' }]);
  });
});

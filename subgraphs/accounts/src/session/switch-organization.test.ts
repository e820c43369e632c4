import { onIdentityChanged } from '@gastronom/shared/identity-changed';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { UserViewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accounts } from '../subgraph.ts';
import { type People, peopleOf, versions } from '../testing/people.ts';

const switchTo = `mutation ($id: ID) { switchOrganization(organizationId: $id) {
  organization { name } role userErrors { code field }
} }`;
const signInMutation = `mutation ($input: SignInInput!) { signIn(input: $input) { role organization { id type role } } }`;

describe('switching organizations', () => {
  let subgraph: TestSubgraph;
  let people: People;
  let olga: UserViewer;
  let [bistro, dairy, alien] = ['', '', ''];
  beforeAll(async () => {
    subgraph = await createTestSubgraph(accounts);
    people = peopleOf(subgraph);
  });
  beforeEach(async () => {
    await subgraph.ownerQuery('TRUNCATE accounts.users, accounts.organizations CASCADE');
    olga = await people.person('olga');
    await people.person('slava');
    bistro = await people.organization('bistro', 'RESTAURANT', 'olga');
    dairy = await people.organization('dairy', 'SUPPLIER', 'olga');
    alien = await people.organization('alien', 'SUPPLIER', 'slava');
  });
  afterAll(() => subgraph.close());

  const choose = async (id: string | null, viewer: UserViewer = olga) =>
    (await subgraph.execute(switchTo, { id }, viewer)).data.switchOrganization;
  /** What the next request with a token that names this organisation is. */
  const signIn = async (named?: string, sessionId = 'sess_olga') => {
    const input = { clerkUserId: 'user_olga', sessionId, clerkOrganizationId: named };
    const { role, organization } = (await subgraph.execute(signInMutation, { input }, viewers.internal)).data.signIn;
    return [role, organization?.id ?? null];
  };

  it('holds for the session until its tokens name another organization', async () => {
    await signIn('org_bistro');

    expect(await choose(dairy)).toEqual({ organization: { name: 'dairy' }, role: 'SUPPLIER', userErrors: [] });
    expect(await signIn('org_bistro')).toEqual(['SUPPLIER', dairy]);
    expect(await signIn('org_bistro', 'sess_other')).toEqual(['RESTAURANT', bistro]);
    expect(await signIn('org_dairy')).toEqual(['SUPPLIER', dairy]);
    expect(await signIn('org_bistro')).toEqual(['RESTAURANT', bistro]);
  });

  it('to nobody but oneself holds as well', async () => {
    await signIn('org_bistro');

    expect(await choose(null)).toEqual({ organization: null, role: 'CUSTOMER', userErrors: [] });
    expect(await signIn('org_bistro')).toEqual(['CUSTOMER', null]);
    expect(await signIn()).toEqual(['CUSTOMER', null]);
    expect(await signIn('org_bistro')).toEqual(['RESTAURANT', bistro]);
  });

  it('falls with the membership', async () => {
    await choose(dairy);
    await subgraph.ownerQuery('UPDATE accounts.memberships SET ended_at = now() WHERE organization_id = $1', [dairy]);

    expect(await signIn()).toEqual(['CUSTOMER', null]);
  });

  it('tells every gateway', async () => {
    const changes: unknown[] = [];
    const stop = onIdentityChanged(subgraph.broadcast, (change) => changes.push(change));

    await choose(dairy);
    stop();

    expect(changes).toEqual([{ clerkUserId: 'user_olga' }]);
  });

  it('goes to no organization of others, of no kind, or of none, by no session of others, and nothing moves', async () => {
    await subgraph.ownerQuery('UPDATE accounts.organizations SET type = NULL WHERE id = $1', [dairy]);
    const before = await versions(subgraph);
    const refused = (code: string, field: string[]) => ({
      organization: null,
      role: null,
      userErrors: [{ code, field }],
    });

    for (const id of [alien, 'seven', '00000000-0000-4000-8000-000000000000'])
      expect(await choose(id)).toEqual(refused('NOT_FOUND', ['organizationId']));
    expect(await choose(dairy)).toEqual(refused('TYPE_UNKNOWN', ['organizationId']));
    const { sessionId: _, ...withoutSession } = olga;
    for (const viewer of [withoutSession, { ...olga, sessionId: 'sess_slava' }, { ...olga, sessionId: 'sess_none' }])
      expect(await choose(bistro, viewer)).toEqual(refused('SESSION_UNKNOWN', []));
    expect(await versions(subgraph)).toEqual(before);
  });

  it.each(['anonymous', 'service', 'internal'] as const)('is nothing for %s', async (who) => {
    const { data, errors } = await subgraph.execute(switchTo, { id: bistro }, viewers[who]);

    expect(data).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe(who === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  });
});

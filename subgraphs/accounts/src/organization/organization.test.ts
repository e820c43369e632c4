import { onIdentityChanged } from '@gastronom/shared/identity-changed';
import { defineJob, implementJob } from '@gastronom/shared/jobs/job';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { UserViewer, Viewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { accounts } from '../subgraph.ts';
import { auditOf, type People, peopleOf, versions } from '../testing/people.ts';

const one = `query ($id: ID!) { organization(id: $id) {
  name type members { totalCount nodes { role user { name email role } } } invitations { nodes { email } }
} }`;
const list = `query ($filter: OrganizationFilter, $first: Int, $after: String) {
  organizations(filter: $filter, first: $first, after: $after) {
    totalCount nodes { name members(first: 5) { totalCount nodes { user { name email } } } } pageInfo { endCursor }
  }
}`;
const create = `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) {
  organization { id name type } userErrors { code field }
} }`;
const update = `mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) {
  organization { name type } userErrors { code field }
} }`;
const remove = `mutation ($id: ID!) { deleteOrganization(id: $id) { organization { name } userErrors { code } } }`;

describe('organizations', () => {
  let subgraph: TestSubgraph;
  let people: People;
  let [owner, member, stranger, staff, admin]: UserViewer[] = [];
  let bistro: string;
  beforeAll(async () => {
    subgraph = await createTestSubgraph(accounts);
    people = peopleOf(subgraph);
    owner = await people.person('olga');
    member = await people.person('misha');
    stranger = await people.person('slava');
    staff = await people.person('stepan', 'STAFF');
    admin = await people.person('alla', 'ADMIN');
    bistro = await people.organization('bistro', 'RESTAURANT', 'olga');
    await people.join(bistro, 'misha');
    await people.organization('dairy', 'SUPPLIER', 'slava');
  });
  afterAll(() => subgraph.close());

  const seenBy = async (viewer: Viewer | undefined) =>
    (await subgraph.execute(one, { id: bistro }, viewer)).data?.organization;
  const codesOf = (answer: Awaited<ReturnType<TestSubgraph['execute']>>) =>
    answer.errors?.map(({ extensions }) => extensions?.code);

  it('are seen by their members and by staff; e-mail addresses and invitations by fewer', async () => {
    const person = (name: string, whole: boolean, role: string | null) => ({
      name,
      email: whole ? `${name}@example.com` : null,
      role,
    });
    const seen = (rows: unknown[], invitations: unknown) => ({
      name: 'bistro',
      type: 'RESTAURANT',
      members: { totalCount: 2, nodes: rows },
      invitations,
    });
    const [asAdmin, asMember] = [{ role: 'ADMIN' }, { role: 'MEMBER' }];

    expect(await seenBy(owner)).toEqual(
      seen(
        [
          { ...asAdmin, user: person('olga', true, 'CUSTOMER') },
          { ...asMember, user: person('misha', true, null) },
        ],
        { nodes: [{ email: 'misha@example.com' }] },
      ),
    );
    expect(await seenBy(member)).toEqual(
      seen(
        [
          { ...asAdmin, user: person('olga', false, null) },
          { ...asMember, user: person('misha', true, 'CUSTOMER') },
        ],
        null,
      ),
    );
    for (const viewer of [staff, admin]) {
      const whole = ['olga', 'misha'].map((name) => ({ user: person(name, true, 'CUSTOMER') }));
      expect(await seenBy(viewer)).toMatchObject({ members: { nodes: whole }, invitations: { nodes: [{}] } });
    }
  });

  it('do not exist for strangers, by their id or by a reference', async () => {
    const reference = `query ($id: ID!) { _entities(representations: [{ __typename: "Organization", id: $id }]) {
      ... on Organization { name }
    } }`;
    const referred = async (viewer: Viewer | undefined) =>
      (await subgraph.execute(reference, { id: bistro }, viewer)).data._entities;

    expect(await subgraph.execute(one, { id: bistro }, stranger)).toEqual(
      await subgraph.execute(one, { id: '00000000-0000-4000-8000-000000000000' }, stranger),
    );
    expect(await seenBy(stranger)).toBeNull();
    expect((await subgraph.execute(one, { id: 'seven' }, staff)).data.organization).toBeNull();
    for (const viewer of [stranger, viewers.anonymous, viewers.service]) expect(await referred(viewer)).toEqual([null]);
    for (const viewer of [member, staff, viewers.internal])
      expect(await referred(viewer)).toEqual([{ name: 'bistro' }]);
    expect(codesOf(await subgraph.execute(one, { id: bistro }, viewers.anonymous))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await subgraph.execute(one, { id: bistro }, viewers.service))).toEqual(['FORBIDDEN']);
  });

  it('are listed for staff, newest first, with their members in one statement for all', async () => {
    const named = async (filter: object) =>
      (await subgraph.execute(list, { filter }, staff)).data.organizations.nodes.map(
        (row: { name: string }) => row.name,
      );
    await subgraph.execute(list, {}, staff);
    subgraph.statements();

    const { organizations } = (await subgraph.execute(list, {}, staff)).data;

    // The page and its count, the members and their counts, the people.
    expect(subgraph.statements()).toHaveLength(5);
    expect(organizations).toMatchObject({
      totalCount: 2,
      nodes: [
        { name: 'dairy', members: { totalCount: 1, nodes: [{ user: { name: 'slava' } }] } },
        { name: 'bistro', members: { totalCount: 2 } },
      ],
    });
    expect(await named({ type: 'RESTAURANT' })).toEqual(['bistro']);
    expect(await named({ text: ' DAI' })).toEqual(['dairy']);
    expect(await named({ text: '%' })).toEqual([]);
    for (const viewer of [owner, viewers.service])
      expect(codesOf(await subgraph.execute(list, {}, viewer))).toEqual(['FORBIDDEN']);
  });

  it('are paged, their members too', async () => {
    const members = `query ($id: ID!, $after: String) { organization(id: $id) { members(first: 1, after: $after) {
      nodes { user { name } } pageInfo { hasNextPage endCursor }
    } } }`;
    const page = async (after?: string) =>
      (await subgraph.execute(members, { id: bistro, after }, member)).data.organization.members;

    const first = await page();
    const second = await page(first.pageInfo.endCursor);
    const foreign = (await subgraph.execute(list, { first: 1 }, staff)).data.organizations.pageInfo.endCursor;

    expect(first).toMatchObject({ nodes: [{ user: { name: 'olga' } }], pageInfo: { hasNextPage: true } });
    expect(second).toMatchObject({ nodes: [{ user: { name: 'misha' } }], pageInfo: { hasNextPage: false } });
    expect(codesOf(await subgraph.execute(members, { id: bistro, after: foreign }, member))).toEqual(['BAD_CURSOR']);
  });

  it('are made, changed and deleted by admins, as the audit log and others are told', async () => {
    const hear = defineJob({ name: 'hear-organizations', on: 'OrganizationChanged', payload: z.unknown() });
    await subgraph.jobs.work([implementJob(hear, async () => undefined)]);
    const input = { name: ' Stolovaya ', type: 'RESTAURANT' };
    const { organization } = (await subgraph.execute(create, { input }, admin)).data.createOrganization;
    const { id } = organization;
    await people.join(id, 'slava', 'ADMIN');
    const changes: unknown[] = [];
    const stop = onIdentityChanged(subgraph.broadcast, (change) => changes.push(change));

    const renamed = await subgraph.execute(update, { input: { id, name: 'Stolovaya 1' } }, admin);
    expect(changes).toEqual([]);
    await subgraph.execute(update, { input: { id, type: 'SUPPLIER' } }, admin);
    await subgraph.execute(update, { input: { id, type: 'SUPPLIER' } }, admin);
    await subgraph.execute(remove, { id }, admin);
    stop();

    expect(organization).toEqual({ id, name: 'Stolovaya', type: 'RESTAURANT' });
    expect(renamed.data.updateOrganization.organization).toEqual({ name: 'Stolovaya 1', type: 'RESTAURANT' });
    expect(changes).toEqual(Array(2).fill({ clerkUserId: 'user_slava' }));
    const [made, named, supplying] = [
      { name: 'Stolovaya', type: 'RESTAURANT' },
      { name: 'Stolovaya 1', type: 'RESTAURANT' },
      { name: 'Stolovaya 1', type: 'SUPPLIER' },
    ];
    expect(await auditOf(subgraph, id)).toEqual([
      { action: 'organization.create', before: null, after: made },
      { action: 'organization.update', before: made, after: named },
      { action: 'organization.update', before: named, after: supplying },
      { action: 'organization.delete', before: supplying, after: null },
    ]);
    const heard = `SELECT data->'data' AS data FROM jobs.job WHERE name = 'hear-organizations' ORDER BY created_on`;
    expect((await subgraph.ownerQuery<{ data: unknown }>(heard)).map(({ data }) => data)).toEqual([
      { organizationId: id, type: 'SUPPLIER', deleted: false },
      { organizationId: id, type: 'SUPPLIER', deleted: true },
    ]);
    expect((await subgraph.execute(one, { id }, admin)).data.organization).toBeNull();
    const again = await subgraph.execute(remove, { id }, admin);
    expect(again.data.deleteOrganization).toEqual({ organization: null, userErrors: [{ code: 'NOT_FOUND' }] });
    const me = await subgraph.execute('{ me { memberships { organization { name } } } }', {}, stranger);
    expect(me.data.me.memberships).toEqual([{ organization: { name: 'dairy' } }]);
  });

  it.each(['', ' \t ', 'x'.repeat(101), 'two\nlines', 'nul\0'])(
    'refuse the name %j, and are not made',
    async (name) => {
      const before = await versions(subgraph);

      const { data } = await subgraph.execute(create, { input: { name, type: 'SHOP' } }, admin);

      const userErrors = [{ code: 'BAD_NAME', field: ['input', 'name'] }];
      expect(data.createOrganization).toEqual({ organization: null, userErrors });
      expect(await versions(subgraph)).toEqual(before);
    },
  );

  it.each(['anonymous', 'owner', 'staff', 'service', 'internal'] as const)(
    'are made, changed and deleted by no %s, and nothing moves',
    async (who) => {
      const viewer = who === 'owner' ? owner : who === 'staff' ? staff : viewers[who];
      const before = await versions(subgraph);

      const answers = [
        await subgraph.execute(create, { input: { name: 'Mine', type: 'SUPPLIER' } }, viewer),
        await subgraph.execute(update, { input: { id: bistro, type: 'SUPPLIER' } }, viewer),
        await subgraph.execute(remove, { id: bistro }, viewer),
      ];

      const code = who === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      expect(answers.map(codesOf)).toEqual(Array(3).fill([code]));
      expect(await versions(subgraph)).toEqual(before);
    },
  );
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';

const me = '{ me { name role actingRole organization { id name type } memberships { role organization { name } } } }';
const switchTo = `mutation ($id: ID) { switchOrganization(organizationId: $id) { role userErrors { code } } }`;

describe.each(modes)('organizations, %s', (mode) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph(mode);
  });
  afterAll(() => graph.stop());

  const asked = async (token: string) => (await graph.query(me, {}, token)).data.me;

  it('let demo people act for a restaurant and a supplier', async () => {
    expect(await asked(graph.tokens.restaurant)).toEqual({
      name: 'Roma Restaurant',
      role: 'CUSTOMER',
      actingRole: 'RESTAURANT',
      organization: { id: expect.any(String), name: 'Demo Bistro', type: 'RESTAURANT' },
      memberships: [{ role: 'ADMIN', organization: { name: 'Demo Bistro' } }],
    });
    expect(await asked(graph.tokens.supplier)).toMatchObject({
      actingRole: 'SUPPLIER',
      organization: { name: 'Demo Dairy', type: 'SUPPLIER' },
    });
    expect(await asked(graph.tokens.customer)).toMatchObject({ actingRole: 'CUSTOMER', organization: null });
  });

  it('are switched from one request to the next', async () => {
    const { restaurant } = graph.tokens;
    const { organization } = await asked(restaurant);

    const away = await graph.query(switchTo, { id: null }, restaurant);
    const own = await asked(restaurant);
    const back = await graph.query(switchTo, { id: organization.id }, restaurant);

    expect(away.data.switchOrganization).toEqual({ role: 'CUSTOMER', userErrors: [] });
    expect(own).toMatchObject({ actingRole: 'CUSTOMER', organization: null });
    expect(back.data.switchOrganization).toEqual({ role: 'RESTAURANT', userErrors: [] });
    expect(await asked(restaurant)).toMatchObject({ actingRole: 'RESTAURANT', organization });
  });

  it('and roles count at once, given or taken', async () => {
    const { customer, admin, supplier } = graph.tokens;
    const find = '{ me { id memberships { id } } }';
    const { id } = (await graph.query(find, {}, customer)).data.me;
    const set = `mutation ($id: ID!, $role: UserRole!) { setUserRole(input: { userId: $id, role: $role }) { userErrors { code } } }`;
    const members = 'query ($id: ID!) { organization(id: $id) { name } }';
    const { organization } = await asked(supplier);
    const sees = async () => (await graph.query(members, { id: organization.id }, customer)).data.organization;

    expect(await sees()).toBeNull();
    await graph.query(set, { id, role: 'STAFF' }, admin);
    expect(await sees()).toEqual({ name: 'Demo Dairy' });
    await graph.query(set, { id, role: 'CUSTOMER' }, admin);
    expect(await sees()).toBeNull();
    const invite = `mutation ($id: ID!) { inviteMember(input: { organizationId: $id, email: "customer@gastronom.localhost", role: MEMBER }) { userErrors { code } } }`;
    await graph.query(invite, { id: organization.id }, supplier);
    expect(await sees()).toEqual({ name: 'Demo Dairy' });
    const { memberships } = (await graph.query(find, {}, customer)).data.me;
    const remove = 'mutation ($id: ID!) { removeMember(membershipId: $id) { userErrors { code } } }';
    await graph.query(remove, { id: memberships[0].id }, supplier);
    expect(await sees()).toBeNull();
  });
});

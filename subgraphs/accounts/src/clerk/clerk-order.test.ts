import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ClerkSender } from '../testing/clerk-sender.ts';
import { type ClerkWebhook, openClerkWebhook } from '../testing/clerk-webhook.ts';

const { user, organization, membership, invitation, session, deleted } = ClerkSender;
type Event = readonly [type: string, data: Record<string, unknown>];
const start = 1_790_000_000_000;

/** What happened at Clerk, in this order: two people and two organisations, who come, change and go. */
function history(world: string): Event[] {
  const [anna, boris] = [`user_anna_${world}`, `user_boris_${world}`];
  const [kitchen, farm] = [`org_kitchen_${world}`, `org_farm_${world}`];
  const farmType = { public_metadata: { type: 'SUPPLIER' } };
  const at = (minute: number) => start + minute * 60_000;
  const annasPlace = { id: `orgmem_1_${world}`, user: anna, role: 'org:member' };
  const annasRise = { ...annasPlace, role: 'org:admin' };
  const annasReturn = { ...annasPlace, id: `orgmem_3_${world}` };
  const borisPlace = { id: `orgmem_2_${world}`, user: boris, role: 'org:admin' };
  const small = organization(kitchen, at(1));
  const large = organization(kitchen, at(7), { name: 'Large kitchen' });
  return [
    ['user.created', user(anna, at(0))],
    ['organization.created', small],
    ['organizationMembership.created', membership(annasPlace, small, at(2))],
    ['user.created', user(boris, at(3))],
    ['organizationInvitation.created', invitation(`orginv_${world}`, kitchen, at(4))],
    ['organizationMembership.updated', membership(annasRise, small, at(5))],
    ['user.updated', user(anna, at(6), { last_name: 'Ivanova', banned: true })],
    ['organization.updated', large],
    ['organizationInvitation.accepted', invitation(`orginv_${world}`, kitchen, at(8), 'accepted')],
    ['organizationMembership.created', membership(borisPlace, organization(farm, at(9), farmType), at(9))],
    ['organizationMembership.deleted', membership(annasRise, large, at(5))],
    ['user.updated', user(anna, at(10), { last_name: 'Petrova' })],
    ['session.ended', session(`sess_${world}`, anna)],
    ['organizationMembership.created', membership(annasReturn, large, at(11))],
    ['user.deleted', deleted(boris, 'user')],
    ['organization.deleted', deleted(farm, 'organization')],
  ];
}

describe('events of Clerk in any order', () => {
  let webhook: ClerkWebhook;
  beforeAll(async () => {
    webhook = await openClerkWebhook();
  });
  afterAll(() => webhook.close());

  const statements = {
    users: `SELECT clerk_user_id, email, name, role, banned_at IS NOT NULL AS banned, deleted_at IS NOT NULL AS deleted
      FROM accounts.users WHERE clerk_user_id LIKE '%' || $1 ORDER BY 1`,
    organizations: `SELECT clerk_organization_id, name, slug, type, deleted_at IS NOT NULL AS deleted, clerk_updated_at
      FROM accounts.organizations WHERE clerk_organization_id LIKE '%' || $1 ORDER BY 1`,
    memberships: `SELECT u.clerk_user_id, o.clerk_organization_id, m.role, m.clerk_membership_id, m.clerk_updated_at,
        m.ended_at IS NOT NULL AS ended
      FROM accounts.memberships m JOIN accounts.users u ON u.id = m.user_id
      JOIN accounts.organizations o ON o.id = m.organization_id WHERE u.clerk_user_id LIKE '%' || $1 ORDER BY 1, 2`,
    invitations: `SELECT clerk_invitation_id, email, role, status, clerk_updated_at
      FROM accounts.invitations WHERE clerk_invitation_id LIKE '%' || $1 ORDER BY 1`,
    sessions: `SELECT id, ended_at IS NOT NULL AS ended FROM accounts.sessions WHERE id LIKE '%' || $1 ORDER BY 1`,
  };
  /** What is known of one world at last, without its name. */
  async function stateOf(world: string): Promise<Record<string, unknown>> {
    const state: Record<string, unknown> = {};
    for (const [table, sql] of Object.entries(statements))
      state[table] = await webhook.subgraph.ownerQuery(sql, [world]);
    return JSON.parse(JSON.stringify(state).replaceAll(world, ''));
  }
  const send = async ([type, data]: Event) => {
    const { status, message } = await webhook.tell(type, data);
    if (status !== 200) throw new Error(`${type}: ${message}`);
  };

  it('ends in the same state, however often each comes', async () => {
    for (const event of history('inorder')) await send(event);
    const expected = await stateOf('inorder');
    let number = 0;
    const order = fc
      .tuple(
        fc.shuffledSubarray([...history('x').keys()], { minLength: history('x').length }),
        fc.array(fc.nat(history('x').length - 1), { maxLength: 6 }),
      )
      .map(([once, again]) => [...again, ...once]);

    await fc.assert(
      fc.asyncProperty(order, async (indices) => {
        number += 1;
        const world = `world${number}w`;
        const events = history(world);
        for (const index of indices) {
          const event = events[index];
          if (event) await send(event);
        }
        expect(await stateOf(world)).toEqual(expected);
      }),
      { numRuns: 25 },
    );

    expect(expected).toMatchObject({
      users: [
        { name: 'Olga Petrova', banned: false, deleted: false },
        { name: null, email: null, deleted: true },
      ],
      organizations: [{ deleted: true }, { name: 'Large kitchen', deleted: false }],
      memberships: [{ role: 'MEMBER', ended: false }, { ended: true }],
      invitations: [{ status: 'ACCEPTED' }],
      sessions: [{ ended: true }],
    });
  });

  it('ends in the same state where all come at once', async () => {
    await Promise.all(history('atonce').map(send));
    for (const event of history('onebyone')) await send(event);

    expect(await stateOf('atonce')).toEqual(await stateOf('onebyone'));
  });
});

import { ClerkSender } from '@gastronom/accounts/testing/clerk-sender';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Mode, modes, startTestGraph, type TestGraph } from './harness.ts';
import { openStream } from './live-harness.ts';
import { TokenMint } from './token-mint.ts';

const { user, organization, membership, session, deleted } = ClerkSender;
const clerk = new ClerkSender();
const mint = new TokenMint();
const me = '{ me { id name role } }';
const early = 1_790_000_000_000;

describe.each<Mode>([...modes])('Clerk, live (%s)', (mode) => {
  let graph: TestGraph;
  beforeAll(async () => {
    process.env.CLERK_WEBHOOK_SECRETS = clerk.secret;
    graph = await startTestGraph(mode, {
      CLERK_JWT_KEY: mint.pem(),
      CLERK_ISSUERS: mint.issuer,
      CLERK_AUTHORIZED_PARTIES: mint.party,
      CLERK_ROLE_CLAIM: 'metadata.role',
    });
  });
  afterAll(async () => {
    delete process.env.CLERK_WEBHOOK_SECRETS;
    await graph.stop();
  });

  const door = () => new URL('/webhooks/clerk', graph.url);
  const tell = async (type: string, data: Record<string, unknown>) => {
    const body = ClerkSender.event(type, data);
    const response = await fetch(door(), { method: 'POST', headers: clerk.sign(body), body });
    expect(await response.json()).toEqual({ outcome: 'APPLIED' });
  };
  const askAs = async (token: string) => {
    const { status, data } = await graph.query(me, {}, token);
    return [status, data?.me?.role];
  };

  it('mirrors people, and refuses a session from the moment that it ended', async () => {
    await tell('user.created', user('user_live', early));
    const [ended, other] = [
      await mint.sign({ sub: 'user_live', sid: 'sess_1' }),
      await mint.sign({ sub: 'user_live', sid: 'sess_2' }),
    ];
    expect((await graph.query(me, {}, ended)).data.me).toMatchObject({ name: 'Olga Orlova', role: 'CUSTOMER' });
    expect(await askAs(other)).toEqual([200, 'CUSTOMER']);

    await tell('session.revoked', session('sess_1', 'user_live', 'revoked'));

    expect(await askAs(ended)).toEqual([401, undefined]);
    expect(await askAs(other)).toEqual([200, 'CUSTOMER']);
  });

  it('gives a person the role of the claim at their first sign-in, and at no later one', async () => {
    await tell('user.created', user('user_staff', early));
    const withRole = (role: string) => mint.sign({ sub: 'user_staff', metadata: { role } });

    expect(await askAs(await withRole('STAFF'))).toEqual([200, 'STAFF']);
    expect(await askAs(await mint.sign({ sub: 'user_staff', sid: 'sess_later', metadata: { role: 'ADMIN' } }))).toEqual(
      [200, 'STAFF'],
    );
  });

  it('lets two sessions of one person act for two organisations, and neither for long once they left', async () => {
    const [kitchen, farm] = [
      organization('org_kitchen', early),
      organization('org_farm', early, { public_metadata: { type: 'SUPPLIER' } }),
    ];
    const cook = membership({ id: 'orgmem_1', user: 'user_two' }, kitchen, early);
    await tell('organizationMembership.created', cook);
    await tell('organizationMembership.created', membership({ id: 'orgmem_2', user: 'user_two' }, farm, early));
    const at = (sid: string, changes: Record<string, unknown>) => mint.sign({ sub: 'user_two', sid, ...changes });
    const inKitchen = await at('sess_kitchen', { o: { id: 'org_kitchen', rol: 'admin', slg: 'kitchen' } });
    const onFarm = await at('sess_farm', { v: undefined, org_id: 'org_farm', org_role: 'org:admin', org_slug: 'farm' });
    const nowhere = await at('sess_kitchen', {});

    const acting = async (token: string) => {
      const { data } = await graph.query('{ me { actingRole organization { type } } }', {}, token);
      return [data.me.actingRole, data.me.organization?.type];
    };
    // One after another within the time that viewers are remembered, twice each.
    const seen = [];
    for (const token of [inKitchen, onFarm, nowhere, inKitchen, onFarm, nowhere]) seen.push(await acting(token));
    const expected = [
      ['RESTAURANT', 'RESTAURANT'],
      ['SUPPLIER', 'SUPPLIER'],
      ['CUSTOMER', undefined],
    ];
    expect(seen).toEqual([...expected, ...expected]);

    await tell('organizationMembership.deleted', cook);
    expect([await acting(inKitchen), await acting(onFarm)]).toEqual([expected[2], expected[1]]);
  });

  it('ends what is watched by who signed out or left a restaurant, and nothing else', async () => {
    await tell('user.created', user('user_watching', early));
    const stall = organization('org_stall', early);
    const owner = membership({ id: 'orgmem_stall', user: 'user_watching' }, stall, early);
    await tell('organizationMembership.created', owner);
    const watch = async (sid: string, changes: Record<string, unknown> = {}) => {
      const stream = await openStream(
        graph.url,
        { query: 'subscription { myOrders(first: 1) { nodes { id } } }' },
        { authorization: `Bearer ${await mint.sign({ sub: 'user_watching', sid, ...changes })}` },
      );
      expect((await stream.next())?.data.errors).toBeUndefined();
      return stream;
    };
    const signedOut = await watch('sess_gone');
    const inStall = await watch('sess_here', { o: { id: 'org_stall', rol: 'admin', slg: 'stall' } });
    const elsewhere = await watch('sess_here');

    await tell('session.ended', session('sess_gone', 'user_watching', 'ended'));
    await tell('organizationMembership.deleted', owner);

    expect((await signedOut.next())?.data.errors[0].extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect([(await signedOut.next())?.event, await signedOut.next()]).toEqual(['complete', undefined]);
    expect(await inStall.next()).toBeUndefined();
    await tell('session.ended', session('sess_here', 'user_watching', 'ended'));
    expect((await elsewhere.next())?.data.errors[0].extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    for (const stream of [signedOut, inStall, elsewhere]) stream.close();
  });

  it('refuses who was banned or deleted at Clerk from the next request on', async () => {
    await tell('user.created', user('user_bad', early));
    const token = await mint.sign({ sub: 'user_bad' });
    expect(await askAs(token)).toEqual([200, 'CUSTOMER']);

    await tell('user.updated', user('user_bad', early + 1, { banned: true }));
    expect(await askAs(token)).toEqual([401, undefined]);
    await tell('user.updated', user('user_bad', early + 2));
    expect(await askAs(token)).toEqual([200, 'CUSTOMER']);
    await tell('user.deleted', deleted('user_bad', 'user'));
    expect(await askAs(token)).toEqual([401, undefined]);
  });

  it('refuses what Clerk did not sign, and other addresses and methods, in the shape of all REST errors', async () => {
    const body = ClerkSender.event('user.deleted', deleted('user_live', 'user'));
    const post = { method: 'POST', headers: new ClerkSender().sign(body), body };
    const answers = await Promise.all([
      fetch(door(), post),
      fetch(door()),
      fetch(new URL('/webhooks/clerk/other', graph.url), post),
      fetch(new URL('/webhooks', graph.url), post),
    ]);

    const told = await Promise.all(answers.map((answer) => answer.json() as Promise<Record<string, unknown>>));
    expect(answers.map(({ status }) => status)).toEqual([401, 405, 404, 404]);
    for (const error of told)
      expect(Object.keys(error).sort()).toEqual(['error', 'message', 'requestId', 'status', 'timestamp']);
    expect(await askAs(await mint.sign({ sub: 'user_live', sid: 'sess_2' }))).toEqual([200, 'CUSTOMER']);
  });
});

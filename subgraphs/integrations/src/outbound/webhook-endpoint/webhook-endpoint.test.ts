import { viewers } from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { memberOf, restaurant, restaurantId, supplier, WebhookGraph } from '../../testing/webhook-graph.ts';
import { WebhookEventType } from './webhook-event-type.type.ts';

let graph: WebhookGraph;
let strict: WebhookGraph;

beforeAll(async () => {
  graph = await WebhookGraph.open();
  strict = await WebhookGraph.open({ ALLOW_PRIVATE_ADDRESSES: '', ENVIRONMENT: 'production' });
});
afterEach(() => graph.subgraph.ownerQuery('DELETE FROM integrations.webhook_endpoints'));
afterAll(async () => {
  await graph.subgraph.close();
  await strict.subgraph.close();
});

const url = 'https://partner.example/hooks?key=1234';
const member = memberOf('RESTAURANT', restaurantId, 'MEMBER');
const otherRestaurant = memberOf('RESTAURANT', '00000000-0000-4000-8000-0000000000b2');
const shopAdmin = memberOf('SHOP', '00000000-0000-4000-8000-0000000000a1');

describe('an endpoint', () => {
  it('is made with a secret that is shown once and kept sealed', async () => {
    const input = { url, eventTypes: ['ORDER_PLACED', 'ORDER_PLACED'], description: ' Kitchen ' };
    const { endpoint, secret, userErrors } = await graph.do('create', { input }, restaurant);

    expect(userErrors).toEqual([]);
    expect(endpoint).toEqual({
      id: expect.any(String),
      organizationId: restaurantId,
      url,
      description: 'Kitchen',
      eventTypes: ['ORDER_PLACED'],
      status: 'ENABLED',
      disabledBecause: null,
      failingSince: null,
      formerSecretUntil: null,
    });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const [row] = await graph.subgraph.ownerQuery<{ secret: string }>('SELECT * FROM integrations.webhook_endpoints');
    expect(row?.secret).toMatch(/^s1\.k1\./);
    expect(JSON.stringify(row)).not.toContain(secret.slice(6));
    const audited = await graph.audited(endpoint.id);
    expect(audited).toMatchObject([
      { action: 'webhook-endpoint.create', before: null, after: { description: 'Kitchen' } },
    ]);
    expect(JSON.stringify(audited)).not.toMatch(/whsec|key=1234/);
  });

  it('is changed, disabled, enabled and deleted, and the audit log knows', async () => {
    const { id } = await graph.endpoint(url, restaurant);

    const change = { id, url: 'https://other.example/', eventTypes: ['DELIVERY_MARKED'] };
    const { endpoint } = await graph.do('update', { input: change }, restaurant);
    expect(endpoint).toMatchObject({ url: 'https://other.example/', description: '', eventTypes: ['DELIVERY_MARKED'] });
    expect((await graph.do('disable', { id }, restaurant)).endpoint).toMatchObject({
      status: 'DISABLED',
      disabledBecause: 'OWNER',
    });
    await graph.do('disable', { id }, restaurant);
    expect((await graph.do('enable', { id }, restaurant)).endpoint).toMatchObject({
      status: 'ENABLED',
      disabledBecause: null,
    });
    await graph.do('rotate', { id }, restaurant);
    expect((await graph.do('remove', { id }, restaurant)).endpoint.id).toBe(id);

    expect(await graph.do('endpoint', { id }, restaurant)).toBeNull();
    expect((await graph.audited(id)).map(({ action }) => action)).toEqual(
      ['create', 'update', 'disable', 'enable', 'secret.rotate', 'delete'].map((act) => `webhook-endpoint.${act}`),
    );
  });

  it.each([
    ['is no address', { url: 'partner' }, 'BAD_URL'],
    ['is another protocol', { url: 'ftp://partner.example/' }, 'BAD_URL'],
    ['holds a password', { url: 'https://a:b@partner.example/' }, 'BAD_URL'],
    ['holds a fragment', { url: 'https://partner.example/#a' }, 'BAD_URL'],
    ['is too long', { url: `https://partner.example/${'x'.repeat(2_000)}` }, 'BAD_URL'],
    ['is described at length', { description: 'x'.repeat(201) }, 'BAD_DESCRIPTION'],
    ['asks for nothing', { eventTypes: [] }, 'BAD_EVENT_TYPES'],
    ['asks for tests', { eventTypes: ['WEBHOOK_TEST'] }, 'BAD_EVENT_TYPES'],
  ])('is refused that %s', async (_what, wrong, code) => {
    const input = { url, eventTypes: ['ORDER_PLACED'], ...wrong };

    expect(await graph.do('create', { input })).toMatchObject({ endpoint: null, secret: null, userErrors: [{ code }] });

    expect((await graph.do('endpoints', {})).totalCount).toBe(0);
  });

  it.each([
    'http://partner.example/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0177.1/',
    'https://[::ffff:10.0.0.1]/',
    'https://localhost/',
    'https://169.254.169.254/latest/meta-data',
  ])('is refused at %s where the public internet alone may be reached', async (address) => {
    const input = { url: address, eventTypes: ['ORDER_PLACED'] };

    expect(await strict.do('create', { input })).toMatchObject({ endpoint: null, userErrors: [{ code: 'BAD_URL' }] });
  });

  it('is one of twenty at most, however many are made at once', async () => {
    const input = { url, eventTypes: ['ORDER_PLACED'] };

    const made = await Promise.all(Array.from({ length: 25 }, () => graph.do('create', { input }, restaurant)));

    expect(made.filter(({ endpoint }) => endpoint)).toHaveLength(20);
    expect(made.find(({ endpoint }) => !endpoint)).toMatchObject({ userErrors: [{ code: 'TOO_MANY' }] });
    expect((await graph.do('create', { input }, supplier)).endpoint).not.toBeNull();
  });

  it('is listed to those who keep it, newest first, a page at a time', async () => {
    const ids: string[] = [];
    for (const viewer of [restaurant, restaurant, restaurant, supplier, viewers.staff])
      ids.push((await graph.endpoint(url, viewer)).id);
    const list = async (variables: object, viewer: Viewer) => {
      const { nodes, pageInfo } = await graph.do('endpoints', variables, viewer);
      return { ids: nodes.map(({ id }: { id: string }) => ids.indexOf(id)), ...pageInfo };
    };

    const page = await list({ first: 2 }, restaurant);
    expect(page).toMatchObject({ ids: [2, 1], hasNextPage: true });
    expect(await list({ first: 2, after: page.endCursor }, restaurant)).toMatchObject({ ids: [0], hasNextPage: false });
    expect((await list({}, viewers.staff)).ids).toEqual([4]);
    expect((await list({}, viewers.admin)).ids).toEqual([4, 3, 2, 1, 0]);
    expect((await list({ organizationId: restaurantId }, viewers.admin)).ids).toEqual([2, 1, 0]);
    expect((await list({ organizationId: restaurantId }, supplier)).ids).toEqual([]);
    expect((await list({ organizationId: 'none' }, restaurant)).ids).toEqual([]);
  });
});

describe('the endpoints of others', () => {
  it.each([
    ['another restaurant', otherRestaurant],
    ['the supplier', supplier],
    ['staff', viewers.staff],
    ['a shop’s ADMIN', shopAdmin],
  ])('do not exist for %s', async (_who, viewer) => {
    const { id } = await graph.endpoint(url, restaurant);

    expect(await graph.do('endpoint', { id }, viewer)).toBeNull();
    expect(await graph.do('deliveries', { endpointId: id }, viewer)).toBeNull();
    for (const [operation, variables] of [
      ['update', { input: { id, url: 'https://elsewhere.example/' } }],
      ['disable', { id }],
      ['enable', { id }],
      ['rotate', { id }],
      ['remove', { id }],
      ['test', { endpointId: id }],
      ['redeliverFailed', { endpointId: id, since: '2026-01-01T00:00:00Z' }],
    ] as const)
      expect(await graph.do(operation, variables, viewer)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });

    expect(await graph.do('endpoint', { id }, restaurant)).toMatchObject({ url, status: 'ENABLED' });
  });

  it.each([
    ['anonymous', viewers.anonymous],
    ['a customer', viewers.customer],
    ['a member who is no ADMIN', member],
    ['a machine', viewers.service],
  ])('are not asked for by %s', async (_who, viewer) => {
    await expect(graph.do('endpoints', {}, viewer)).rejects.toThrow(/Sign in first|This needs/);
    await expect(graph.endpoint(url, viewer)).rejects.toThrow(/Sign in first|This needs/);
  });
});

describe('the types of events in the graph', () => {
  it('tell what they are sent for, and to whom', async () => {
    const { data } = await graph.subgraph.execute(
      '{ __type(name: "WebhookEventType") { enumValues { name description } } }',
    );

    const values = data.__type.enumValues as { name: string; description: string }[];
    expect(values.map(({ name }) => name)).toEqual(Object.keys(WebhookEventType));
    for (const { description } of values) expect(description).toMatch(/^`[a-z.]+`: .+\.$/);
  });
});

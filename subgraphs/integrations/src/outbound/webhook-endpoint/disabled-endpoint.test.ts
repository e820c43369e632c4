import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob } from '@gastronom/shared/jobs/job';
import { createLogger } from '@gastronom/shared/logger';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createIntegrationsContext } from '../../context.ts';
import { readIntegrationsSettings } from '../../env.ts';
import { isSignedBy, ok, PartnerServer, status } from '../../testing/partner-server.ts';
import { memberOf, secretKey, until, WebhookGraph } from '../../testing/webhook-graph.ts';
import { createForgetWebhookDeliveries } from '../webhook-delivery/forget-webhook-deliveries.job.ts';

let graph: WebhookGraph;
let partner: PartnerServer;
const heard: { endpointId: string }[] = [];

beforeAll(async () => {
  partner = await PartnerServer.open();
  graph = await WebhookGraph.open();
  const hear = defineJob({
    name: 'hear-disabled',
    on: 'WebhookEndpointDisabled',
    payload: eventPayload(z.looseObject({ endpointId: z.string() })),
  });
  await graph.subgraph.jobs.work([implementJob(hear, async ({ payload }) => void heard.push(payload.data))]);
});
afterEach(async () => {
  await graph.subgraph.ownerQuery('DELETE FROM integrations.webhook_endpoints');
  partner.received.length = 0;
  heard.length = 0;
});
afterAll(async () => {
  await graph.subgraph.close();
  partner.close();
});

const never = (): never => {
  throw new Error('nobody else is asked');
};
const endpointAt = (path: string) => graph.endpoint(`${partner.url(path)}?token=abc`);
const urlOf = (path: string) => partner.url(path);
const standing = (id: string) => graph.do('endpoint', { id });
const delivered = (id: string, count: number) =>
  until(async () => (await graph.deliveries(id, { status: 'DELIVERED' })).length === count);

describe('an endpoint that says that it is gone', () => {
  it('is told nothing more, at once, and its owner hears of it', async () => {
    partner.behave('/gone?token=abc', status(410));
    const { id } = await endpointAt('/gone');

    await graph.happen();

    await until(() => heard.length > 0);
    expect(await standing(id)).toMatchObject({ status: 'DISABLED', disabledBecause: 'GONE' });
    expect(await graph.deliveries(id)).toMatchObject([
      { status: 'FAILED', failure: 'ENDPOINT_DISABLED', attempts: [{ statusCode: 410 }] },
    ]);
    expect(heard).toEqual([
      {
        endpointId: id,
        organizationId: null,
        organizationType: 'SHOP',
        url: urlOf('/gone'),
        reason: 'GONE',
        failingSince: expect.any(String),
        at: expect.any(String),
      },
    ]);
    expect((await graph.audited(id)).at(-1)).toMatchObject({
      action: 'webhook-endpoint.disable',
      actor: 'internal:integrations',
      after: { because: 'GONE' },
    });
  });
});

describe('an endpoint that fails', () => {
  it('is disabled once a delivery is given up after days of nothing but failures', async () => {
    const path = '/failing?token=abc';
    partner.behave(path, status(500));
    const { id } = await endpointAt('/failing');
    await graph.happen();
    await until(() => partner.at(path).length === 1);
    await until(async () => (await standing(id)).failingSince);
    const since = (ago: string) =>
      graph.subgraph.ownerQuery(`UPDATE integrations.webhook_endpoints SET failing_since = now() - interval '${ago}'`);
    const giveUp = async () => {
      await graph.subgraph.ownerQuery('UPDATE integrations.webhook_deliveries SET step = 7');
      await graph.hurry();
    };

    await since('4 days');
    await giveUp();
    await until(async () => (await graph.deliveries(id, { status: 'FAILED' })).length === 1);
    expect((await standing(id)).status).toBe('ENABLED');

    await since('6 days');
    await graph.happen();
    await until(() => partner.at(path).length === 3);
    await until(async () => (await graph.deliveries(id))[0].attempts.length === 1);
    expect((await standing(id)).status).toBe('ENABLED');
    await giveUp();

    await until(() => heard.length > 0);
    expect(await standing(id)).toMatchObject({ status: 'DISABLED', disabledBecause: 'FAILING' });
    expect(heard).toMatchObject([{ endpointId: id, reason: 'FAILING' }]);
  });

  it('counts as well again after one success', async () => {
    partner.behave('/recovers?token=abc', status(500));
    const { id } = await endpointAt('/recovers');
    await graph.happen();
    await until(async () => (await standing(id)).failingSince);

    partner.behave('/recovers?token=abc', ok);
    await graph.hurry();

    await delivered(id, 1);
    expect((await standing(id)).failingSince).toBeNull();
  });
});

describe('what a disabled endpoint missed', () => {
  it('is kept, and sent when asked for, all of it or one', async () => {
    const { id } = await endpointAt('/missed');
    await graph.do('disable', { id });
    const skus = [await graph.happen(), await graph.happen()];
    await until(async () => (await graph.deliveries(id, { status: 'FAILED' })).length === 2);
    expect(partner.received).toEqual([]);
    const [newest, oldest] = await graph.deliveries(id);
    const refused = { userErrors: [{ code: 'ENDPOINT_DISABLED' }] };
    expect(await graph.do('redeliver', { id: oldest.id })).toMatchObject(refused);
    expect(await graph.do('test', { endpointId: id })).toMatchObject(refused);

    await graph.do('enable', { id });
    expect(await graph.do('redeliver', { id: oldest.id })).toMatchObject({ delivery: { status: 'PENDING' } });
    await delivered(id, 1);
    const redelivery = { endpointId: id, since: new Date(0) };
    expect(await graph.do('redeliverFailed', { ...redelivery, since: new Date() })).toEqual({
      count: 0,
      userErrors: [],
    });
    expect(await graph.do('redeliverFailed', redelivery)).toEqual({ count: 1, userErrors: [] });
    await delivered(id, 2);

    expect(partner.received.map(({ headers }) => headers['webhook-id'])).toEqual([oldest.id, newest.id]);
    for (const [place, sku] of skus.entries()) expect(partner.received[place]?.body).toContain(sku);
  });

  it('is sent once more though it arrived, under the same id', async () => {
    const { id } = await endpointAt('/again');
    await graph.happen();
    await delivered(id, 1);
    const [{ id: deliveryId }] = await graph.deliveries(id);

    await graph.do('redeliver', { id: deliveryId });

    await until(() => partner.received.length === 2);
    expect(new Set(partner.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([deliveryId]));
  });
});

describe('an organization that is another now', () => {
  it.each([
    ['deleted', { type: 'SHOP', deleted: true }],
    ['of another type', { type: 'RESTAURANT', deleted: false }],
  ])('is told nothing more once it is %s', async (_how, change) => {
    const organizationId = '00000000-0000-4000-8000-0000000000d1';
    const { id } = await graph.endpoint(partner.url('/former'), memberOf('SHOP', organizationId));
    const { id: otherId } = await endpointAt('/other');

    await graph.publish('OrganizationChanged', { organizationId, ...change });

    await until(async () => (await standing(id)).status === 'DISABLED');
    expect(await standing(id)).toMatchObject({ disabledBecause: 'ORGANIZATION' });
    expect(await standing(otherId)).toMatchObject({ status: 'ENABLED' });
    const [row] = await graph.subgraph.ownerQuery<{ type: string }>(
      'SELECT organization_type AS type FROM integrations.webhook_endpoints WHERE id = $1',
      [id],
    );
    expect(row?.type).toBe(change.type);
  });
});

describe('a test', () => {
  it('is sent to an endpoint that asked for something else', async () => {
    const { id, secret } = await graph.endpoint(partner.url('/test'), undefined, { eventTypes: ['ORDER_PLACED'] });

    const { delivery } = await graph.do('test', { endpointId: id });

    expect(delivery).toMatchObject({ eventType: 'WEBHOOK_TEST', status: 'PENDING', attempts: [] });
    const message = await until(() => partner.at('/test')[0]);
    expect(isSignedBy(secret, message)).toBe(true);
    expect(JSON.parse(message.body)).toMatchObject({ id: delivery.id, type: 'webhook.test', version: 1 });
  });
});

describe('an address that turns out to be private', () => {
  it('gets nothing', async () => {
    const strict = await WebhookGraph.open({ ALLOW_PRIVATE_ADDRESSES: '' });
    try {
      const { id } = await strict.endpoint('https://partner.example/');
      await strict.subgraph.ownerQuery('UPDATE integrations.webhook_endpoints SET url = $1', [partner.url('/private')]);

      await strict.happen();

      await until(async () => (await strict.deliveries(id))[0]?.attempts.length);
      expect(await strict.deliveries(id)).toMatchObject([
        { failure: 'ADDRESS_REFUSED', attempts: [{ statusCode: null }] },
      ]);
      expect(partner.received).toEqual([]);
    } finally {
      await strict.subgraph.close();
    }
  });
});

describe('in the night', () => {
  it('what is old is forgotten, and secrets are sealed with the key that seals now', async () => {
    const { id } = await endpointAt('/kept');
    await graph.happen();
    await delivered(id, 1);
    await graph.do('rotate', { id });
    const { ownerQuery, dataSource, jobs, broadcast } = graph.subgraph;
    await ownerQuery(`UPDATE integrations.webhook_deliveries SET created_at = now() - interval '31 days'`);
    await graph.happen();
    await delivered(id, 2);
    const sealed = () =>
      ownerQuery<{ keys: string }>(
        `SELECT substr(secret, 1, 6) || ' ' || substr(former_secret, 1, 6) AS keys FROM integrations.webhook_endpoints`,
      );
    expect(await sealed()).toEqual([{ keys: 's1.k1. s1.k1.' }]);
    const environment = {
      dataSource,
      jobs,
      broadcast,
      logger: createLogger('test', 'silent'),
      subgraphs: () => never(),
    };
    const ENCRYPTION_KEYS = `k2:another-key-that-seals-from-now-on-instead,${secretKey}`;
    createIntegrationsContext(environment, readIntegrationsSettings({ ENVIRONMENT: 'test', ENCRYPTION_KEYS }));
    const job = { id: 'j', payload: {}, attempt: 1, isLastAttempt: true, signal: new AbortController().signal };

    await createForgetWebhookDeliveries(environment).run([job]);

    expect(await sealed()).toEqual([{ keys: 's1.k2. s1.k2.' }]);
    expect(await graph.deliveries(id)).toHaveLength(1);
  });
});

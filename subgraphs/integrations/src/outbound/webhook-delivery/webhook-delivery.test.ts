import { createGuardedAgent } from '@gastronom/shared/http/address-guard';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { integrationsContext } from '../../context.ts';
import { hang, isSignedBy, ok, PartnerServer, status } from '../../testing/partner-server.ts';
import { until, WebhookGraph } from '../../testing/webhook-graph.ts';
import { DeliveryRound } from './delivery-round.ts';

let graph: WebhookGraph;
let partner: PartnerServer;

beforeAll(async () => {
  partner = await PartnerServer.open();
  graph = await WebhookGraph.open({ WEBHOOK_TIMEOUT_MS: '1500' });
});
afterEach(async () => {
  await graph.subgraph.ownerQuery('DELETE FROM integrations.webhook_endpoints');
  partner.received.length = 0;
});
afterAll(async () => {
  await graph.subgraph.close();
  partner.close();
});

const endpointAt = (path: string) => graph.endpoint(partner.url(path));
/** The only delivery of an endpoint, once it is as wanted; read again, since its tries are read after it. */
const only = async (endpointId: string, wanted: (delivery: { status: string; attempts: unknown[] }) => boolean) => {
  const { id } = await until(async () => (await graph.deliveries(endpointId)).find(wanted));
  return graph.do('delivery', { id });
};
const tried = (times: number) => (delivery: { attempts: unknown[] }) => delivery.attempts.length >= times;

describe('a webhook', () => {
  it('is posted once, signed as Standard Webhooks have it, and stands in the log', async () => {
    const { id, secret } = await endpointAt('/ok');

    const sku = await graph.happen();

    const delivery = await only(id, (one) => one.status === 'DELIVERED');
    const [message, ...others] = partner.at('/ok');
    expect(others).toEqual([]);
    expect(message && isSignedBy(secret, message)).toBe(true);
    expect(message && isSignedBy(`whsec_${'A'.repeat(43)}=`, message)).toBe(false);
    expect(message?.headers).toMatchObject({ 'webhook-id': delivery.id, 'content-type': 'application/json' });
    expect(message?.body).toBe(delivery.body);
    expect(JSON.parse(delivery.body)).toEqual({
      id: delivery.id,
      type: 'availability.changed',
      version: 1,
      timestamp: expect.stringMatching(/Z$/),
      data: { changes: [{ sku, before: null, after: { status: 'IN_STOCK', availableOnline: 3 } }] },
    });
    expect(delivery).toMatchObject({
      failure: null,
      nextAttemptAt: null,
      attempts: [{ statusCode: 204, failure: null, answer: '', durationMs: expect.any(Number) }],
    });
  });

  it('is made once of an event that comes twice', async () => {
    const { id } = await endpointAt('/twice');
    await graph.happen();
    await only(id, (one) => one.status === 'DELIVERED');

    await graph.subgraph.ownerQuery(
      `INSERT INTO jobs.job (name, data) SELECT name, data FROM jobs.job WHERE name = 'fan-out-event' ORDER BY created_on DESC LIMIT 1`,
    );

    const last = await graph.happen();
    await until(() => partner.at('/twice').some(({ body }) => body.includes(last)));
    expect(partner.at('/twice')).toHaveLength(2);
    expect(await graph.deliveries(id)).toHaveLength(2);
  });

  it('is tried again under the same id after a failure, later each time, for a day', async () => {
    partner.behave('/500', status(500, {}, 'out of order'));
    const { id } = await endpointAt('/500');
    const begun = Date.now();
    await graph.happen();
    const waits: number[] = [];

    for (let time = 1; time <= 8; time += 1) {
      const { nextAttemptAt, status: stands } = await only(id, tried(time));
      if (time < 8) waits.push((Date.parse(nextAttemptAt) - begun) / 60_000);
      else expect({ nextAttemptAt, stands }).toEqual({ nextAttemptAt: null, stands: 'FAILED' });
      if (time < 8) await graph.hurry();
    }

    expect(new Set(partner.at('/500').map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(partner.at('/500')).toHaveLength(8);
    const minutes = [0.08, 5, 30, 120, 300, 600, 385];
    for (const [step, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(minutes[step] ?? Infinity);
    const [delivery] = await graph.deliveries(id);
    expect(delivery).toMatchObject({ failure: 'STATUS', attempts: { 0: { statusCode: 500, answer: 'out of order' } } });
    expect((await graph.do('endpoint', { id })).status).toBe('ENABLED');
  });

  it.each([
    ['a redirect, which is not followed', status(307, { location: '/elsewhere' }), 'REDIRECT', 307],
    ['no answer in time', hang, 'TIMEOUT', null],
    ['a connection that breaks off', (response: { destroy(): void }) => response.destroy(), 'CONNECTION', null],
  ])('fails on %s', async (_what, behaviour, failure, statusCode) => {
    partner.behave('/fails', behaviour as typeof ok);
    const { id } = await endpointAt('/fails');

    await graph.happen();

    const delivery = await only(id, tried(1));
    expect(delivery).toMatchObject({ status: 'PENDING', failure, attempts: [{ failure, statusCode }] });
    expect(partner.at('/elsewhere')).toEqual([]);
    expect((await graph.do('endpoint', { id })).failingSince).not.toBeNull();
  });

  it('keeps the beginning of an answer without end, and goes by its status', async () => {
    partner.behave('/huge', (response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const { id } = await endpointAt('/huge');

    await graph.happen();

    const { attempts } = await only(id, (one) => one.status === 'DELIVERED');
    expect(attempts).toEqual([expect.objectContaining({ statusCode: 200, answer: 'x'.repeat(1_024) })]);
  });

  it('waits as long as the endpoint asks for', async () => {
    partner.behave('/busy', status(503, { 'retry-after': '7200' }));
    const { id } = await endpointAt('/busy');
    const begun = Date.now();

    await graph.happen();

    const { nextAttemptAt } = await only(id, tried(1));
    expect(Date.parse(nextAttemptAt) - begun).toBeGreaterThanOrEqual(7_200_000);
    expect(Date.parse(nextAttemptAt) - begun).toBeLessThan(7_800_000);
  });

  it('holds up no other, however many do not answer', async () => {
    for (const path of ['/hang1', '/hang2', '/hang3']) partner.behave(path, hang);
    const slow = await Promise.all(['/hang1', '/hang2', '/hang3'].map(endpointAt));
    const { id } = await endpointAt('/quick');

    for (let event = 0; event < 30; event += 1) await graph.happen();

    await until(async () => (await graph.deliveries(id, { status: 'DELIVERED', first: 100 })).length === 30);
    // Each of the slow ones has a few in hand, not all.
    for (const [place] of slow.entries()) expect(partner.at(`/hang${place + 1}`).length).toBeLessThan(30);
  });

  it('is sent in one round with all that wait for the same endpoint', async () => {
    const { id } = await endpointAt('/queue');
    const { ownerQuery } = graph.subgraph;
    await ownerQuery(
      `INSERT INTO integrations.webhook_deliveries (id, endpoint_id, event_id, event_type, body, status, next_attempt_at)
       SELECT gen_random_uuid(), $1, gen_random_uuid(), 'order.placed', '{}', 'PENDING', now() FROM generate_series(1, 300)`,
      [id],
    );
    const context = integrationsContext(graph.environment)({
      viewer: { kind: 'internal', name: 'test' },
      requestId: 'test',
      logger: graph.environment.logger,
    });
    const agent = createGuardedAgent({ allowed: context.addresses });

    await new DeliveryRound(context, agent).run(new AbortController().signal);

    await agent.close();
    // The graph's own round may have some of them in hand: those are due to nobody.
    const pending = `SELECT FROM integrations.webhook_deliveries WHERE status = 'PENDING'`;
    expect(await ownerQuery(`${pending} AND next_attempt_at <= now()`)).toEqual([]);
    await until(async () => (await ownerQuery(pending)).length === 0);
    expect(partner.at('/queue')).toHaveLength(300);
  });

  it('is sent again under the same id when its process dies before it wrote down what came of it', async () => {
    const { ownerQuery } = graph.subgraph;
    const rename = (from: string, to: string) => ownerQuery(`ALTER TABLE integrations.${from} RENAME TO ${to}`);
    partner.behave('/dies', async (response) => {
      const time = partner.at('/dies').length;
      if (time === 1) await rename('webhook_attempts', 'nowhere');
      if (time === 2) await rename('nowhere', 'webhook_attempts');
      response.writeHead(200).end();
    });
    const { id } = await endpointAt('/dies');

    await graph.happen();
    await until(() => partner.at('/dies').length === 1);
    await until(async () => {
      await graph.hurry();
      return partner.at('/dies').length > 1;
    });

    const { id: webhookId } = await only(id, (one) => one.status === 'DELIVERED');
    expect(new Set(partner.at('/dies').map(({ headers }) => headers['webhook-id']))).toEqual(new Set([webhookId]));
  });
});

describe('a rotated secret', () => {
  it('signs beside the former one for the overlap, and alone after it', async () => {
    const { id, secret: former } = await endpointAt('/rotated');
    const { secret, endpoint } = await graph.do('rotate', { id, overlapHours: 48 });
    expect(Date.parse(endpoint.formerSecretUntil)).toBeGreaterThan(Date.now() + 47 * 3_600_000);
    const signers = async () => {
      const sku = await graph.happen();
      const message = await until(() => partner.at('/rotated').find(({ body }) => body.includes(sku)));
      return [secret, former].map((one) => isSignedBy(one, message));
    };
    expect(await signers()).toEqual([true, true]);

    await graph.subgraph.ownerQuery(
      `UPDATE integrations.webhook_endpoints SET former_secret_until = now() - interval '1 second'`,
    );

    expect(await signers()).toEqual([true, false]);
  });
});

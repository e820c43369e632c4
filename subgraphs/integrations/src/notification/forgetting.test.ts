import { randomUUID } from 'node:crypto';
import { createLogger } from '@gastronom/shared/logger';
import type { UserViewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createIntegrationsContext } from '../context.ts';
import { readIntegrationsSettings } from '../env.ts';
import { tokens } from '../testing/messengers.ts';
import { NotificationGraph, until } from '../testing/notification-graph.ts';
import { createForgetNotifications } from './forget-notifications.job.ts';
import { createForgetOwner } from './forget-owner.job.ts';

const formerKey = 'k1:the-key-that-sealed-until-there-was-another';

let graph: NotificationGraph;
beforeAll(async () => {
  graph = await NotificationGraph.open({ ENCRYPTION_KEYS: formerKey });
});
afterAll(() => graph.close());

const telegram = (chatId: string) => ({ telegram: { chatId } });
const gotify = () => ({ gotify: { url: `${graph.messengers.url}/gotify`, token: tokens.gotify } });
const job = (payload: object) => ({
  id: randomUUID(),
  payload,
  attempt: 1,
  isLastAttempt: true,
  signal: new AbortController().signal,
});
const environment = () => {
  const { dataSource, jobs, broadcast } = graph.subgraph;
  const subgraphs = () => {
    throw new Error('nobody is asked');
  };
  return { dataSource, jobs, broadcast, logger: createLogger('test', 'silent'), subgraphs };
};

/** What is kept of somebody: where they are told, what, and how. */
async function keptOf(ownerId: string): Promise<number[]> {
  const [row] = await graph.subgraph.ownerQuery<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM integrations.notification_channels WHERE owner_id = $1) AS channels,
       (SELECT count(*)::int FROM integrations.notifications WHERE recipient_id = $1) AS notifications,
       (SELECT count(*)::int FROM integrations.notification_attempts AS attempt
        JOIN integrations.notifications AS notification ON notification.id = attempt.notification_id
        WHERE recipient_id = $1) AS attempts`,
    [ownerId],
  );
  return Object.values(row ?? {});
}

const payment = (userId: string) => ({
  orderId: randomUUID(),
  number: '7',
  buyer: { kind: 'USER', id: userId },
  paymentId: randomUUID(),
  to: 'SUCCEEDED',
  currency: 'SEK',
  amount: '10.00',
});

/** Somebody who was told something on a channel. */
async function told(): Promise<UserViewer> {
  const viewer = graph.person();
  await graph.channel(viewer, gotify());
  await graph.publish('PaymentChanged', payment(viewer.userId));
  await until(async () => (await keptOf(viewer.userId))[2] === 1);
  return viewer;
}

describe('who is gone', () => {
  it('is forgotten, however often it is told; others are not', async () => {
    const [gone, stays] = [await told(), await told()];
    const bistro = randomUUID();
    const chef: UserViewer = { ...graph.person(), organization: { id: bistro, type: 'RESTAURANT', role: 'ADMIN' } };
    const input = { name: 'x', target: gotify(), forOrganization: true };
    expect((await graph.do('create', { input }, chef)).userErrors).toEqual([]);
    const event = (type: string, data: object) =>
      job({ id: randomUUID(), type, version: 1, occurredAt: new Date().toISOString(), data });
    const forget = createForgetOwner(environment());
    const organization = { organizationId: bistro, type: 'SUPPLIER' };

    await forget.run([event('OrganizationChanged', { ...organization, deleted: false })]);
    expect(await keptOf(bistro)).toEqual([1, 0, 0]);
    const departures = [
      event('UserDeleted', { userId: gone.userId }),
      event('OrganizationChanged', { ...organization, deleted: true }),
    ];
    await forget.run([...departures, ...departures]);

    expect(await keptOf(gone.userId)).toEqual([0, 0, 0]);
    expect(await keptOf(bistro)).toEqual([0, 0, 0]);
    expect(await keptOf(stays.userId)).toEqual([1, 1, 1]);
  });
});

describe('in the night', () => {
  it('what is old is forgotten, and all that can be read is sealed with the key that seals now', async () => {
    const [old, young] = [await told(), await told()];
    const { channel: waiting } = await graph.do('create', { input: { name: 'x', target: telegram('31') } }, young);
    await graph.code();
    const { ownerQuery } = graph.subgraph;
    await ownerQuery(
      `UPDATE integrations.notifications SET created_at = now() - interval '91 days' WHERE recipient_id = $1`,
      [old.userId],
    );
    const sealedBy = () =>
      ownerQuery<{ id: string; by: string }>(
        `SELECT id, substr(target, 1, 6) || coalesce(' ' || substr(confirmation_code, 1, 6), '') AS by
         FROM integrations.notification_channels WHERE owner_id IN ($1, $2) ORDER BY created_at`,
        [old.userId, young.userId],
      );
    const [broken, whole] = await sealedBy();
    await ownerQuery(
      `UPDATE integrations.notification_channels SET target = 's1.k0.' || substr(target, 7) WHERE id = $1`,
      [broken?.id],
    );
    const settings = {
      ENVIRONMENT: 'test',
      ENCRYPTION_KEYS: `k2:another-key-that-seals-from-now-on-instead,${formerKey}`,
    };
    const night = environment();
    createIntegrationsContext(night, readIntegrationsSettings(settings));

    await createForgetNotifications(night).run([job({})]);

    expect(await sealedBy()).toEqual([
      { id: broken?.id, by: 's1.k0.' },
      { id: whole?.id, by: 's1.k2.' },
      { id: waiting.id, by: 's1.k2. s1.k2.' },
    ]);
    expect(await keptOf(old.userId)).toEqual([1, 0, 0]);
    expect(await keptOf(young.userId)).toEqual([2, 1, 1]);
  });
});

describe('a channel whose key was taken away', () => {
  it('is said to wait for our side, and sends again when the key is back', async () => {
    const viewer = graph.person();
    const id = await graph.channel(viewer, gotify());
    const { ownerQuery } = graph.subgraph;
    const setKey = (from: string, to: string) =>
      ownerQuery(`UPDATE integrations.notification_channels SET target = replace(target, $2, $3) WHERE id = $1`, [
        id,
        from,
        to,
      ]);
    await setKey('s1.k1.', 's1.k0.');
    graph.messengers.take(/./);

    await graph.publish('PaymentChanged', payment(viewer.userId));

    const log = async () => (await graph.do('one', { id }, viewer)).log.nodes;
    await until(async () => (await log()).length > 0);
    expect(await log()).toMatchObject([{ outcome: 'RETRY', error: 'A fault on our side.' }]);
    await setKey('s1.k0.', 's1.k1.');
    await ownerQuery('UPDATE integrations.notification_lanes SET paused_until = NULL WHERE lane = $1', [
      `channel:${id}`,
    ]);
    await graph.publish('PaymentChanged', payment(viewer.userId));
    await until(async () => (await log()).length === 3);
    expect(graph.messengers.take(/gotify/)).toHaveLength(2);
  });
});

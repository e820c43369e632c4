import type { UserViewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Dairy } from '../testing/dairy.ts';
import { signingSecret } from '../testing/messengers.ts';
import { type NotificationGraph, until } from '../testing/notification-graph.ts';
import { orderPlaced } from '../testing/order-events.ts';

let dairy: Dairy;
let graph: NotificationGraph;

beforeAll(async () => {
  dairy = await Dairy.open();
  ({ graph } = dairy);
});
beforeEach(() => graph.accounts.users.clear());
afterAll(() => graph.close());

describe('what is told', () => {
  it('comes as a letter to the address of the account, where nothing else was chosen', async () => {
    const viewer = dairy.person({ email: 'dairy@example.com', language: 'RU' });
    await dairy.tell();

    const [letter, ...others] = graph.mailbox.take('dairy@example.com');
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      subject: 'Новый заказ G-1042-1',
      text: expect.stringMatching(
        /2 позиции на сумму[\s\S]*https:\/\/shop\.example\/orders\/[\s\S]*настройкам уведомлений/,
      ),
      html: expect.stringMatching(/<html lang="ru">[\s\S]*<a href="https:\/\/shop\.example\/orders\//),
      messageId: expect.stringMatching(/^<notification-\d+@gastronom\.example>$/),
    });
    expect(letter?.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
    expect(await graph.inbox(viewer)).toHaveLength(1);
  });

  it('goes to the channels that the person chose for it, each once', async () => {
    const viewer = dairy.person({ email: 'one@example.com', kinds: { ORDER_RECEIVED: ['TELEGRAM', 'WEBHOOK'] } });
    await graph.channel(viewer, { telegram: { chatId: '777' } });
    await graph.channel(viewer, { webhook: { url: `${graph.messengers.url}/hook/mine`, secret: signingSecret } });
    await graph.channel(viewer, { discord: { url: `${graph.messengers.url}/api/webhooks/1/abc` } });

    await dairy.tell();

    const [message] = graph.messengers.take(/sendMessage/);
    expect(message?.body).toMatchObject({ chat_id: '777', text: expect.stringMatching(/^New order G-1042-1\n\n/) });
    const [hook] = graph.messengers.take(/hook\/mine/);
    expect(hook?.headers['webhook-id']).toMatch(/^notification-\d+$/);
    expect(hook?.body).toMatchObject({
      type: 'notification.order_received',
      data: { language: 'en', urgent: false, details: { lines: 2, total: { amount: '750.25', currency: 'RUB' } } },
    });
    expect(graph.messengers.take(/./)).toEqual([]);
    expect(graph.mailbox.take('one@example.com')).toEqual([]);
  });

  it('goes to an organization’s channels in their language, and only what they are for', async () => {
    const admin: UserViewer = { ...dairy.person(), organization: { id: dairy.id, type: 'SUPPLIER', role: 'ADMIN' } };
    const make = (chatId: string, more: object) =>
      graph.channel(admin, { telegram: { chatId } }, { forOrganization: true, ...more });
    const ids = [await make('-1', { language: 'SV' }), await make('-2', { kinds: ['INVOICE_MATCHED'] })];

    await dairy.tell();

    const sent = graph.messengers.take(/sendMessage/);
    expect(sent.map(({ body }) => [body.chat_id, body.text.split('\n')[0]])).toEqual([
      ['-1', 'Ny beställning G-1042-1'],
    ]);
    for (const id of ids) await graph.do('delete', { id }, admin);
  });

  it('is not sent to who is gone by then', async () => {
    dairy.person({ email: 'gone@example.com', digest: 'HOURLY' });
    await dairy.tell();
    expect(await dairy.statuses()).toEqual(['PENDING']);

    for (const [id, user] of graph.accounts.users) graph.accounts.users.set(id, { ...user, email: null });
    await dairy.timePasses();

    expect(graph.mailbox.take('gone@example.com')).toEqual([]);
    expect(await dairy.statuses()).toEqual(['SKIPPED']);
  });
});

describe('what is not urgent', () => {
  it.each([
    ['2026-11-21T10:00:00Z', 'Europe/Stockholm', null, null, 'NONE', '2026-11-21T10:00:00Z'],
    ['2026-11-21T22:30:00Z', 'Europe/Stockholm', '22:00', '07:00', 'NONE', '2026-11-22T06:00:00Z'],
    ['2026-11-21T03:30:00Z', 'Europe/Stockholm', '22:00', '07:00', 'NONE', '2026-11-21T06:00:00Z'],
    ['2026-11-21T06:00:00Z', 'Europe/Stockholm', '22:00', '07:00', 'NONE', '2026-11-21T06:00:00Z'],
    ['2026-11-21T12:00:00Z', 'UTC', '11:00', '13:30', 'NONE', '2026-11-21T13:30:00Z'],
    ['2026-11-21T10:20:00Z', 'UTC', null, null, 'HOURLY', '2026-11-21T11:00:00Z'],
    // Full hours are those of the person.
    ['2026-11-21T10:20:00Z', 'Asia/Kolkata', null, null, 'HOURLY', '2026-11-21T10:30:00Z'],
    ['2026-11-21T07:59:00Z', 'Europe/Moscow', null, null, 'DAILY', '2026-11-22T06:00:00Z'],
    ['2026-11-21T05:59:00Z', 'Europe/Moscow', null, null, 'DAILY', '2026-11-21T06:00:00Z'],
    // A digest that falls into quiet hours waits for their end.
    ['2026-11-21T21:30:00Z', 'UTC', '22:00', '07:00', 'HOURLY', '2026-11-22T07:00:00Z'],
    // The night in which clocks are put forward, and the one in which they are put back.
    ['2026-03-28T23:00:00Z', 'Europe/Stockholm', '22:00', '07:00', 'NONE', '2026-03-29T05:00:00Z'],
    ['2026-10-24T22:00:00Z', 'Europe/Stockholm', '22:00', '07:00', 'NONE', '2026-10-25T06:00:00Z'],
  ])('at %s in %s, quiet from %s to %s, digest %s, is told at %s', async (at, zone, from, to, digest, due) => {
    const [row] = await graph.subgraph.ownerQuery<{ due: Date }>(
      `SELECT integrations.notification_due($1, $2, $3, $4, $5, '09:00') AS due`,
      [at, zone, from, to, digest],
    );

    expect(row?.due.toISOString()).toBe(new Date(due).toISOString());
  });

  it('waits for quiet hours to end, and comes together then; what is urgent comes at once', async () => {
    const hour = (ahead: number) => `${new Date(Date.now() + ahead * 3_600_000).toISOString().slice(11, 13)}:00`;
    const viewer = dairy.person({ email: 'night@example.com', quietFrom: hour(-1), quietTo: hour(3) });
    const id = await graph.channel(viewer, {
      webhook: { url: `${graph.messengers.url}/hook/n`, secret: signingSecret },
    });
    await dairy.tell();
    await dairy.tell();
    await dairy.tell('urgent');

    expect(graph.mailbox.take('night@example.com').map(({ subject }) => subject)).toEqual([
      'Order G-1042-1 was cancelled',
    ]);
    // Machines sleep at no time.
    expect(graph.messengers.take(/hook\/n/)).toHaveLength(3);
    expect(await graph.inbox(viewer)).toHaveLength(3);
    await dairy.timePasses();
    const [letter, ...others] = graph.mailbox.take('night@example.com');
    expect([letter?.subject, others]).toEqual(['2 notifications', []]);
    expect(letter?.text?.match(/New order/g)).toHaveLength(2);
    await graph.do('delete', { id }, viewer);
  });

  it('is gathered for those who want a digest, and told in their language', async () => {
    const viewer = dairy.person({ digest: 'DAILY', language: 'RU' });
    const id = await graph.channel(viewer, { telegram: { chatId: '5' } });
    for (let i = 0; i < 3; i += 1) await dairy.tell();
    expect(graph.messengers.take(/sendMessage/)).toEqual([]);

    await dairy.timePasses();

    expect(graph.messengers.take(/sendMessage/).map(({ body }) => body.text.split('\n')[0])).toEqual(['3 уведомления']);
    expect(await dairy.log(viewer, id)).toEqual([
      { purpose: 'DIGEST', outcome: 'SENT', messages: 3, error: null, retryAt: null },
    ]);
  });
});

describe('sending', () => {
  it('on one channel that is slow holds up no other', async () => {
    let release = () => {};
    const after = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = dairy.person({ email: 'fast@example.com' });
    await graph.channel(slow, { telegram: { chatId: '31' } });
    graph.messengers.script(/sendMessage/, { status: 200, body: { ok: true }, after });

    for (let i = 0; i < 12; i += 1) await graph.publish('OrderPlaced', orderPlaced(dairy.buyer, null, [dairy.id]));
    await until(
      () => graph.mailbox.letters.filter(({ recipients }) => recipients.includes('fast@example.com')).length === 12,
    );

    // Of the slow one, only the first has been asked for.
    expect(graph.messengers.take(/sendMessage/)).toHaveLength(1);
    release();
    await graph.settled();
    expect(graph.messengers.take(/sendMessage/)).toHaveLength(11);
    graph.mailbox.take();
  });

  it('is gone on with where a process died in the middle of it', async () => {
    const viewer = dairy.person();
    const id = await graph.channel(viewer, { telegram: { chatId: '32' } });
    const busyUntil = (moment: string) =>
      graph.subgraph.ownerQuery(
        `INSERT INTO integrations.notification_lanes (lane, busy_until) VALUES ($1, ${moment})
         ON CONFLICT (lane) DO UPDATE SET busy_until = ${moment}`,
        [`channel:${id}`],
      );
    await busyUntil(`now() + interval '3 minutes'`);
    await dairy.tell();
    expect(graph.messengers.take(/sendMessage/)).toEqual([]);

    await busyUntil(`now() - interval '1 second'`);
    await graph.subgraph.jobs.send(
      graph.subgraph.dataSource.manager,
      { name: 'wake-notifications', payload: z.object({}), policy: 'short' },
      {},
    );

    await until(() => graph.messengers.received.some(({ path }) => /sendMessage/.test(path)));
    expect(graph.messengers.take(/sendMessage/)).toHaveLength(1);
    await until(async () => (await dairy.statuses())[0] === 'SENT');
  });
});

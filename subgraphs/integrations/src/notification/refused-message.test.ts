import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SmtpSettings } from '../channel/channel-settings.ts';
import { EmailSender } from '../channel/sender/send-email.ts';
import { readIntegrationsSettings } from '../env.ts';
import { Dairy } from '../testing/dairy.ts';
import { type Scripted, signingSecret, tokens } from '../testing/messengers.ts';
import type { NotificationGraph } from '../testing/notification-graph.ts';

let dairy: Dairy;
let graph: NotificationGraph;

beforeAll(async () => {
  dairy = await Dairy.open();
  ({ graph } = dairy);
});
beforeEach(() => graph.accounts.users.clear());
afterAll(() => graph.close());

describe('a service that does not take a message', () => {
  const telegram = { telegram: { chatId: '9' } };
  const push = { push: { deviceToken: 'device-of-olga' } };
  const fcm = (status: number, errorCode: string, headers = {}): Scripted => ({
    status,
    headers,
    body: { error: { code: status, status: 'X', details: [{ '@type': 'FcmError', errorCode }] } },
  });
  const url = () => graph.messengers.url;
  const gone = 'SWITCHED_OFF';
  const said = (status: number, body: object = {}, headers = {}): Scripted => ({ status, body, headers });
  const pushover = { pushover: { userKey: 'u'.repeat(30) } };
  const gotify = () => ({ gotify: { url: `${url()}/gotify`, token: tokens.gotify } });
  const ntfy = () => ({ ntfy: { url: `${url()}/ntfy`, topic: 'abcdef', token: tokens.ntfy } });
  const discord = () => ({ discord: { url: `${url()}/api/webhooks/1/secretsecret` } });
  const apprise = () => ({ apprise: { url: `${url()}/apprise`, key: 'kitchen' } });
  const webhook = () => ({ webhook: { url: `${url()}/hook/s3cret`, secret: signingSecret } });
  const inTwoHours = { 'x-limit-app-reset': String(Math.floor(Date.now() / 1_000) + 7_200) };
  const blocked = { ok: false, description: 'Forbidden: bot was blocked by the user' };
  const noChat = { ok: false, description: 'Bad Request: chat not found' };
  const noUser = { status: 0, user: 'invalid', errors: ['user identifier is invalid'] };

  const cases: readonly [string, () => object, RegExp, Scripted, string, RegExp][] = [
    ['Telegram, blocked', () => telegram, /sendMessage/, said(403, blocked), gone, /blocked by the user/],
    ['Telegram, no chat', () => telegram, /sendMessage/, said(400, noChat), gone, /chat not found/],
    ['Telegram, too fast', () => telegram, /sendMessage/, said(429, { ok: false }), 'RETRY', /too many/],
    ['Telegram, other bot', () => telegram, /sendMessage/, said(401, { ok: false }), 'RETRY', /TELEGRAM_BOT_TOKEN/],
    ['FCM, app removed', () => push, /:send/, fcm(404, 'UNREGISTERED'), gone, /removed from the device/],
    ['FCM, other project', () => push, /:send/, fcm(403, 'SENDER_ID_MISMATCH'), gone, /another project/],
    ['FCM, quota', () => push, /:send/, fcm(429, 'QUOTA_EXCEEDED', { 'retry-after': '90' }), 'RETRY', /too many/],
    ['FCM, away', () => push, /:send/, fcm(503, 'UNAVAILABLE'), 'RETRY', /503: UNAVAILABLE/],
    ['FCM, no access', () => push, /:send/, said(401), 'RETRY', /service account/],
    ['Pushover, no user', () => pushover, /messages\.json/, said(400, noUser), gone, /user identifier is invalid/],
    ['Pushover, used up', () => pushover, /messages\.json/, said(429, { status: 0 }, inTwoHours), 'RETRY', /too many/],
    ['Gotify, token gone', gotify, /gotify/, said(401), gone, /token/],
    ['ntfy, no right', ntfy, /ntfy/, said(403, { error: 'forbidden' }), gone, /write to the topic/],
    ['ntfy, too fast', ntfy, /ntfy/, said(429, { error: 'limit reached' }, { 'retry-after': '60' }), 'RETRY', /limit/],
    ['Discord, deleted', discord, /webhooks/, said(404, { code: 10_015 }), gone, /deleted/],
    ['Discord, too fast', discord, /webhooks/, said(429, { retry_after: 64.57 }), 'RETRY', /too many/],
    ['Apprise, no such key', apprise, /apprise/, said(204), gone, /no configuration/],
    ['Apprise, not all', apprise, /apprise/, said(424, { error: 'failed' }), 'FAILED', /not reach all/],
    ['A webhook, gone', webhook, /hook/, said(410), gone, /410/],
    ['A webhook, down', webhook, /hook/, said(500, { hook: 's3cret' }), 'RETRY', /500/],
    ['A webhook, elsewhere', webhook, /hook/, said(302, {}, { location: 'http://127.0.0.1/' }), 'RETRY', /302/],
  ];

  it.each(cases)(
    '%s: is retried, given up or switched off as it says',
    async (_name, target, path, scripted, outcome, words) => {
      const viewer = dairy.person();
      const id = await graph.channel(viewer, target());
      graph.messengers.script(path, scripted);

      await dairy.tell();

      const [attempt, ...others] = await dairy.log(viewer, id);
      expect(others).toEqual([]);
      expect(attempt).toMatchObject({ outcome, error: expect.stringMatching(words) });
      expect(JSON.stringify(attempt)).not.toMatch(/secretsecret|s3cret|u{30}|device-of-olga/);
      const { status, offReason } = await graph.do('one', { id }, viewer);
      expect([status, offReason]).toEqual(outcome === 'SWITCHED_OFF' ? ['OFF', attempt.error] : ['ACTIVE', null]);
      expect(await dairy.statuses()).toEqual([outcome === 'RETRY' ? 'PENDING' : 'FAILED']);
      // The next one is not even tried on a channel that is off, and after a refusal that passed both arrive.
      graph.messengers.take(path);
      await dairy.tell();
      await dairy.timePasses();
      expect(graph.messengers.take(path)).toHaveLength({ RETRY: 2, FAILED: 1, SWITCHED_OFF: 0 }[outcome] ?? -1);
    },
  );

  it('is asked again after as long as it says, and not before', async () => {
    const viewer = dairy.person();
    const id = await graph.channel(viewer, telegram);
    graph.messengers.script(/sendMessage/, { status: 429, body: { ok: false, parameters: { retry_after: 3_000 } } });
    const before = Date.now();

    await dairy.tell();
    await dairy.tell();

    const [attempt] = await dairy.log(viewer, id);
    const wait = (Date.parse(attempt.retryAt) - before) / 1_000;
    expect(Math.round(wait)).toBeGreaterThanOrEqual(3_000);
    expect(wait).toBeLessThan(3_600);
    expect(graph.messengers.take(/sendMessage/)).toHaveLength(1);
    await dairy.timePasses();
    expect(await dairy.statuses()).toEqual(['SENT', 'SENT']);
    expect(graph.messengers.take(/sendMessage/)).toHaveLength(2);
  });

  it('refuses an address: the letter is given up, and a server that is away is tried again', async () => {
    dairy.person({ email: 'nobody@example.com' });
    graph.mailbox.refusals.set('nobody@example.com', { code: 451, message: '4.3.0 Try again later' });

    await dairy.tell();
    expect(await dairy.statuses()).toEqual(['PENDING']);
    graph.mailbox.refusals.set('nobody@example.com', { code: 550, message: '5.1.1 No such user here' });
    await dairy.timePasses();

    expect(await dairy.statuses()).toEqual(['FAILED']);
    const attempts = await graph.subgraph.ownerQuery(
      `SELECT outcome, error FROM integrations.notification_attempts ORDER BY id DESC LIMIT 2`,
    );
    expect(attempts).toEqual([
      { outcome: 'SWITCHED_OFF', error: expect.stringContaining('5.1.1') },
      { outcome: 'RETRY', error: expect.stringContaining('4.3.0') },
    ]);
  });

  it.each([
    ['production', '', ['RETRY', 'the mail server could not agree on encryption.']],
    ['production', '?requireTLS=false', ['SENT', null]],
    ['development', '', ['SENT', null]],
  ])('because the connection is in the clear gets no password: in %s with “%s”', async (environment, query, ends) => {
    const { channels } = readIntegrationsSettings({
      ENVIRONMENT: environment,
      SMTP_URL: `${graph.mailbox.url}/${query}`,
      SMTP_FROM: 'orders@shop.example',
    });
    const sender = new EmailSender(channels.smtp as SmtpSettings, 5_000);
    const [id, address] = [randomUUID(), `${environment}@example.com`];
    const message = { ...{ id, type: 'test', title: 'T', body: 'B', urgent: false, at: new Date() }, data: {} };

    const sent = await sender
      .send({ address }, { ...message, language: 'EN' })
      .then(() => ['SENT', null])
      .catch(({ fate, message: why }) => [fate, why]);
    sender.close();

    expect(sent).toEqual(ends);
    expect(graph.mailbox.take(address)).toHaveLength(ends[0] === 'SENT' ? 1 : 0);
  });

  it('ten times in a row is left alone, as the log says', async () => {
    const viewer = dairy.person();
    const id = await graph.channel(viewer, { apprise: { url: `${url()}/apprise`, key: 'kitchen' } });
    graph.messengers.script(/apprise/, ...Array<Scripted>(20).fill({ status: 424, body: {} }));
    for (let i = 0; i < 11; i += 1) await dairy.tell();

    expect(graph.messengers.take(/apprise/)).toHaveLength(10);
    const [last] = await dairy.log(viewer, id);
    expect(last).toMatchObject({
      outcome: 'SWITCHED_OFF',
      messages: 0,
      error: expect.stringMatching(/^10 messages in a row/),
    });
    expect(await graph.do('one', { id }, viewer)).toMatchObject({ status: 'OFF' });
    const again = await graph.do('update', { input: { id, enabled: true } }, viewer);
    expect(again.channel).toMatchObject({ status: 'ACTIVE', offReason: null });
  });
});

import { randomBytes } from 'node:crypto';
import { createLogger } from '@gastronom/shared/logger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClerkSender } from '../testing/clerk-sender.ts';
import { type ClerkWebhook, openClerkWebhook } from '../testing/clerk-webhook.ts';
import { createForgetClerkDeliveries } from './forget-clerk-deliveries.job.ts';

const former = new ClerkSender();
const stranger = new ClerkSender();
const now = () => Math.floor(Date.now() / 1000);
const event = (id: string) => ClerkSender.event('user.created', ClerkSender.user(id, 1_790_000_000_000));

describe('what Clerk’s webhook lets in', () => {
  let webhook: ClerkWebhook;
  const clerk = new ClerkSender();
  beforeAll(async () => {
    webhook = await openClerkWebhook(clerk, `${clerk.secret},${former.secret}`);
  });
  afterAll(() => webhook.close());

  const rows = async (table: string) => (await webhook.subgraph.ownerQuery(`SELECT 1 FROM accounts.${table}`)).length;
  const moved = async () => [await rows('users'), await rows('clerk_deliveries')];
  const delivery = async (id: string) =>
    (
      await webhook.subgraph.ownerQuery<{ type: string; outcome: string; failure: string | null }>(
        'SELECT type, outcome, failure FROM accounts.clerk_deliveries WHERE id = $1',
        [id],
      )
    )[0];

  it.each<[string, 'current' | 'former', number]>([
    ['signed with the current secret', 'current', 0],
    ['signed with the secret that is going', 'former', 0],
    ['almost five minutes old', 'current', -290],
    ['of a clock that is ahead of ours', 'current', 290],
  ])('takes what is %s', async (what, secret, offset) => {
    const body = event(`user_${what.length}`);
    const sender = secret === 'current' ? clerk : former;

    const answer = await webhook.post(body, sender.sign(body, `msg ${what}`, now() + offset));

    expect(answer).toEqual({ status: 200, outcome: 'APPLIED' });
  });

  it('takes several signatures, of which one is true', async () => {
    const body = event('user_several');
    const headers = clerk.sign(body);
    headers['svix-signature'] = `v1,${randomBytes(32).toString('base64')} v2,rubbish ${headers['svix-signature']}`;

    expect((await webhook.post(body, headers)).outcome).toBe('APPLIED');
  });

  const evil = event('user_evil');
  it.each<[string, () => Record<string, string>, string]>([
    ['signed by a stranger', () => stranger.sign(evil), evil],
    ['unsigned', () => ({ 'content-type': 'application/json' }), evil],
    ['signed for another body', () => clerk.sign(event('user_good')), evil],
    ['signed for another message', () => ({ ...clerk.sign(evil), 'svix-id': 'msg_other' }), evil],
    ['signed at another time', () => ({ ...clerk.sign(evil), 'svix-timestamp': String(now() - 1) }), evil],
    ['more than five minutes old', () => clerk.sign(evil, 'msg_old', now() - 310), evil],
    ['more than five minutes ahead', () => clerk.sign(evil, 'msg_new', now() + 310), evil],
    ['of no time', () => ({ ...clerk.sign(evil), 'svix-timestamp': 'yesterday' }), evil],
    ['without an id', () => ({ ...clerk.sign(evil), 'svix-id': '' }), evil],
    ['of an endless id', () => clerk.sign(evil, 'x'.repeat(300)), evil],
    ['empty', () => clerk.sign(evil), ''],
    ['changed by one space', () => clerk.sign(evil), `${evil} `],
  ])('refuses what is %s, and nothing moves', async (_what, headers, sent) => {
    const before = await moved();

    const answer = await webhook.post(sent, headers());

    expect(answer).toMatchObject({ status: 401, error: 'UnauthenticatedError' });
    expect(await moved()).toEqual(before);
  });

  it('refuses bytes that are no text, and more of them than Clerk ever sends', async () => {
    const broken = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    const large = ClerkSender.event('user.created', { padding: 'x'.repeat(300_000) });

    expect((await webhook.post(broken, clerk.sign('{}'))).status).toBe(400);
    expect((await webhook.post(large, clerk.sign(large))).status).toBe(413);
  });

  it('applies a message once, however often and however many at a time it comes', async () => {
    const first = event('user_once');
    const send = () => webhook.post(first, clerk.sign(first, 'msg_once'));

    const answers = await Promise.all(Array.from({ length: 20 }, send));

    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['APPLIED', ...Array(19).fill('REPEATED')]);
  });

  it('takes events that nothing hangs on, and does nothing', async () => {
    const mail = ClerkSender.event('email.created', { id: 'ema_1', to_email_address: 'somebody@example.com' });

    expect(await webhook.post(mail, clerk.sign(mail, 'msg_mail'))).toEqual({ status: 200, outcome: 'IGNORED' });
    expect(await delivery('msg_mail')).toEqual({ type: 'email.created', outcome: 'IGNORED', failure: null });
  });

  it.each([
    ['without an id', { ...ClerkSender.user('user_x', 1), id: undefined }, 'data.id'],
    ['without a clock', { ...ClerkSender.user('user_x', 1), updated_at: undefined }, 'data.updated_at'],
    ['of a clock beyond all years', ClerkSender.user('user_x', 1e300), 'data.updated_at'],
    ['that is nothing', null, 'data.'],
  ])('notes a person %s as failed, and has Clerk send it again', async (what, data, field) => {
    const users = await rows('users');
    const id = `msg_unreadable ${what}`;
    const unreadable = ClerkSender.event('user.updated', data as Record<string, unknown>);

    const answer = await webhook.post(unreadable, clerk.sign(unreadable, id));

    expect(answer).toMatchObject({ status: 400, error: 'BadRequestError', message: expect.stringContaining(field) });
    expect(await delivery(id)).toMatchObject({ type: 'user.updated', outcome: 'FAILED' });
    expect(await rows('users')).toBe(users);
  });

  it('applies a message that could not be read before, once it can be', async () => {
    const unreadable = ClerkSender.event('user.created', {});
    const readable = event('user_mended');
    await webhook.post(unreadable, clerk.sign(unreadable, 'msg_mended'));

    expect((await webhook.post(readable, clerk.sign(readable, 'msg_mended'))).outcome).toBe('APPLIED');
    expect(await delivery('msg_mended')).toEqual({ type: 'user.created', outcome: 'APPLIED', failure: null });
  });

  it('leaves nothing of a message whose transaction breaks off, so that it is applied when it comes again', async () => {
    const membership = ClerkSender.membership(
      { id: 'orgmem_1', user: 'user_torn' },
      ClerkSender.organization('org_torn', 1_790_000_000_000),
      1_790_000_000_000,
    );
    const torn = ClerkSender.event('organizationMembership.created', membership);
    const before = await moved();
    await webhook.subgraph.ownerQuery('ALTER TABLE accounts.memberships RENAME TO memberships_away');

    const failed = await webhook.post(torn, clerk.sign(torn, 'msg_torn'));
    expect(failed.status).toBe(500);
    expect(await moved()).toEqual(before);
    await webhook.subgraph.ownerQuery('ALTER TABLE accounts.memberships_away RENAME TO memberships');

    expect((await webhook.post(torn, clerk.sign(torn, 'msg_torn'))).outcome).toBe('APPLIED');
  });
});

describe('the notes of what Clerk’s webhook brought', () => {
  it('are forgotten after their time', async () => {
    const webhook = await openClerkWebhook();
    const { dataSource, jobs, broadcast, ownerQuery } = webhook.subgraph;
    await ownerQuery(`INSERT INTO accounts.clerk_deliveries (id, type, outcome, received_at) VALUES
      ('msg_old', 'user.created', 'APPLIED', now() - interval '31 days'),
      ('msg_new', 'user.created', 'APPLIED', now() - interval '29 days')`);
    const subgraphs = () => webhook.subgraph.transport;
    const environment = { dataSource, jobs, broadcast, subgraphs, logger: createLogger('test', 'silent') };
    const job = createForgetClerkDeliveries(environment);
    const { signal } = new AbortController();

    await job.run([{ id: 'night', payload: {}, attempt: 1, isLastAttempt: true, signal }]);

    expect(await ownerQuery('SELECT id FROM accounts.clerk_deliveries')).toEqual([{ id: 'msg_new' }]);
    await webhook.close();
  });
});

describe('Clerk’s webhook without a secret', () => {
  it('is closed, and says what to set', async () => {
    const webhook = await openClerkWebhook(stranger, '');

    const answer = await webhook.post('{}', stranger.sign('{}'));
    await webhook.close();

    expect(answer).toMatchObject({ status: 404, message: expect.stringContaining('CLERK_WEBHOOK_SECRETS') });
  });

  it.each(['secret', 'whsec_', 'whsec_short', 'whsec_***************************'])(
    'does not start with %s',
    async (secret) => {
      await expect(openClerkWebhook(stranger, secret)).rejects.toThrow(/CLERK_WEBHOOK_SECRETS.*whsec_/);
    },
  );
});

import { notificationKinds } from '@gastronom/shared/notification';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { UserViewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accounts } from '../subgraph.ts';
import { type People, peopleOf } from '../testing/people.ts';

const fields = 'language timeZone quietHours { from to } digest digestAt kinds { kind channels }';
const mine = `{ myNotificationSettings { ${fields} } }`;
const update = `mutation ($input: UpdateNotificationSettingsInput!) { updateNotificationSettings(input: $input) {
  settings { ${fields} } userErrors { code field }
} }`;
const recipients = 'query ($input: JSON!) { notificationRecipients(input: $input) }';

let subgraph: TestSubgraph;
let people: People;
let olga: UserViewer;
let misha: UserViewer;
let stepan: UserViewer;
let bistro: string;
let dairy: string;

beforeAll(async () => {
  subgraph = await createTestSubgraph(accounts);
  people = peopleOf(subgraph);
  olga = await people.person('olga');
  misha = await people.person('misha');
  stepan = await people.person('stepan', 'STAFF');
  bistro = await people.organization('bistro', 'RESTAURANT', 'olga');
  dairy = await people.organization('dairy', 'SUPPLIER', 'misha');
  await people.join(bistro, 'misha');
});
afterAll(() => subgraph.close());

const change = async (input: object, viewer: UserViewer = olga) =>
  (await subgraph.execute(update, { input }, viewer)).data.updateNotificationSettings;
const askedFor = async (input: object) =>
  (await subgraph.execute(recipients, { input }, viewers.internal)).data.notificationRecipients;

describe('notification settings', () => {
  it('begin with everything on every channel, in the language of the shop', async () => {
    const { data } = await subgraph.execute(mine, {}, stepan);

    const { kinds, ...rest } = data.myNotificationSettings;
    expect(rest).toEqual({ language: 'EN', timeZone: 'UTC', quietHours: null, digest: 'NONE', digestAt: '09:00' });
    expect(kinds.map(({ kind }: { kind: string }) => kind)).toEqual(notificationKinds);
    expect(kinds[0]).toEqual({ kind: 'ORDER_RECEIVED', channels: expect.arrayContaining(['EMAIL', 'TELEGRAM']) });
    expect(await subgraph.ownerQuery('SELECT FROM accounts.notification_settings')).toEqual([]);
  });

  it('change by what is named alone', async () => {
    const first = await change({
      language: 'SV',
      timeZone: 'Europe/Stockholm',
      quietHours: { from: '22:00', to: '07:30' },
      kinds: [
        { kind: 'ORDER_CHANGED', channels: ['TELEGRAM', 'TELEGRAM'] },
        { kind: 'INVOICE_MATCHED', channels: [] },
      ],
    });
    const second = await change({
      digest: 'DAILY',
      digestAt: '08:15',
      kinds: [{ kind: 'ORDER_CHANGED', channels: ['PUSH'] }],
    });
    const third = await change({ quietHours: null });

    const chosen = (answer: typeof first) =>
      answer.settings.kinds.filter(({ channels }: { channels: string[] }) => channels.length < 9);
    expect(first.userErrors).toEqual([]);
    expect(chosen(first)).toEqual([
      { kind: 'ORDER_CHANGED', channels: ['TELEGRAM'] },
      { kind: 'INVOICE_MATCHED', channels: [] },
    ]);
    expect(second.settings).toMatchObject({
      language: 'SV',
      timeZone: 'Europe/Stockholm',
      quietHours: { from: '22:00', to: '07:30' },
      digest: 'DAILY',
      digestAt: '08:15',
    });
    expect(chosen(second)).toEqual([
      { kind: 'ORDER_CHANGED', channels: ['PUSH'] },
      { kind: 'INVOICE_MATCHED', channels: [] },
    ]);
    expect(third.settings).toMatchObject({ quietHours: null, digest: 'DAILY', language: 'SV' });
  });

  it.each([
    [{ timeZone: 'Mars/Olympus' }, 'UNKNOWN_TIME_ZONE', ['input', 'timeZone']],
    [{ timeZone: '+03:00' }, 'UNKNOWN_TIME_ZONE', ['input', 'timeZone']],
    [{ quietHours: { from: '24:00', to: '07:00' } }, 'BAD_TIME', ['input', 'quietHours', 'from']],
    [{ quietHours: { from: '22:00', to: '22:00' } }, 'EMPTY_QUIET_HOURS', ['input', 'quietHours']],
    [{ digest: 'DAILY', digestAt: 'noon' }, 'BAD_TIME', ['input', 'digestAt']],
    [
      {
        kinds: [
          { kind: 'ORDER_PLACED', channels: [] },
          { kind: 'ORDER_PLACED', channels: ['EMAIL'] },
        ],
      },
      'REPEATED_KIND',
      ['input', 'kinds'],
    ],
  ])('refuse %j, and stay as they were', async (input, code, field) => {
    const before = (await subgraph.execute(mine, {}, olga)).data;

    expect(await change(input)).toEqual({ settings: null, userErrors: [{ code, field }] });

    expect((await subgraph.execute(mine, {}, olga)).data).toEqual(before);
  });

  it('lose nothing where two windows change them at once', async () => {
    await Promise.all([
      change({ digest: 'HOURLY' }, misha),
      change({ language: 'RU' }, misha),
      change({ kinds: [{ kind: 'ORDER_PLACED', channels: ['NTFY'] }] }, misha),
    ]);

    const { language, digest, kinds } = (await subgraph.execute(mine, {}, misha)).data.myNotificationSettings;
    expect({ language, digest }).toEqual({ language: 'RU', digest: 'HOURLY' });
    expect(kinds.find(({ kind }: { kind: string }) => kind === 'ORDER_PLACED').channels).toEqual(['NTFY']);
  });
});

describe('the settings of a person who is gone', () => {
  it('are not made any more', async () => {
    const { errors } = await subgraph.execute(update, { input: { language: 'RU' } }, viewers.customer);

    expect(errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
  });
});

describe('those who can be told', () => {
  it('are members, people and staff, each once, in two statements', async () => {
    subgraph.statements();
    const answer = await askedFor({ organizationIds: [bistro, dairy], userIds: [misha.userId], staff: true });

    expect(subgraph.statements()).toHaveLength(2);
    const byName = new Map(answer.users.map((user: { email: string }) => [user.email.split('@')[0], user]));
    expect([...byName.keys()].sort()).toEqual(['misha', 'olga', 'stepan']);
    expect(byName.get('misha')).toMatchObject({
      language: 'RU',
      digest: 'HOURLY',
      isStaff: false,
      kinds: { ORDER_PLACED: ['NTFY'] },
      memberships: expect.arrayContaining([
        { organizationId: bistro, role: 'MEMBER' },
        { organizationId: dairy, role: 'ADMIN' },
      ]),
    });
    expect(byName.get('stepan')).toMatchObject({ language: 'EN', isStaff: true, memberships: [], kinds: {} });
    expect(answer.organizations.map(({ name }: { name: string }) => name).sort()).toEqual(['bistro', 'dairy']);
  });

  it('are not those who are locked out or gone', async () => {
    await subgraph.ownerQuery('UPDATE accounts.users SET banned_at = now() WHERE id = $1', [misha.userId]);

    const answer = await askedFor({ organizationIds: [bistro], userIds: [misha.userId] });
    await subgraph.ownerQuery('UPDATE accounts.users SET banned_at = NULL WHERE id = $1', [misha.userId]);

    expect(answer.users.map(({ id }: { id: string }) => id)).toEqual([olga.userId]);
  });

  it('are told to nobody outside, and asked for by ids alone', async () => {
    for (const viewer of [viewers.anonymous, olga, viewers.admin, viewers.service]) {
      const { errors } = await subgraph.execute(recipients, { input: {} }, viewer);
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    const { errors } = await subgraph.execute(recipients, { input: { userIds: ["'; --"] } }, viewers.internal);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

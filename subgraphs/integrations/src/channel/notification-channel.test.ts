import { randomUUID } from 'node:crypto';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import type { UserViewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signingSecret, tokens } from '../testing/messengers.ts';
import { NotificationGraph, operations, until } from '../testing/notification-graph.ts';

let graph: NotificationGraph;
let olga: UserViewer;
let chef: UserViewer;
let cook: UserViewer;
let stranger: UserViewer;
const bistro = randomUUID();

beforeAll(async () => {
  graph = await NotificationGraph.open();
  const acting = (role: 'ADMIN' | 'MEMBER') =>
    ({ role: 'RESTAURANT', organization: { id: bistro, type: 'RESTAURANT', role } }) as const;
  olga = graph.person({ email: 'olga@example.com' });
  chef = { ...graph.person(), ...acting('ADMIN') };
  cook = { ...graph.person(), ...acting('MEMBER') };
  stranger = graph.person();
});
afterAll(() => graph.close());

const create = (input: object, viewer = olga) => graph.do('create', { input: { name: 'mine', ...input } }, viewer);
const pushover = (end = 'V') => ({ pushover: { userKey: `uQiRzpo4DXghDmr9QzzfQu27cmVRs${end}` } });
const test = async (id: string, viewer = olga) => (await graph.do('test', { id }, viewer)).attempt;
const rows = () => graph.subgraph.ownerQuery('SELECT *, xmin FROM integrations.notification_channels ORDER BY id');

/** Of each kind: a target, what people are shown of it, and where it is received. */
const kinds = () => {
  const { url } = graph.messengers;
  const discord = `${url}/api/webhooks/123456789/discord-webhook-secret`;
  return [
    ['PUSH', { push: { deviceToken: 'device:token-1234' } }, '…1234', /messages:send$/],
    ['PUSHOVER', { pushover: { userKey: 'uQiRzpo4DXghDmr9QzzfQu27cmVRsG' } }, '…VRsG', /^\/1\/messages\.json$/],
    ['GOTIFY', { gotify: { url: `${url}/gotify/`, token: tokens.gotify } }, new URL(url).host, /^\/gotify\/message$/],
    [
      'NTFY',
      { ntfy: { url: `${url}/ntfy`, topic: 'kitchen-of-olga', token: tokens.ntfy } },
      `${new URL(url).host} kit…`,
      /^\/ntfy\/$/,
    ],
    ['TELEGRAM', { telegram: { chatId: '-1001234567' } }, '…4567', /sendMessage$/],
    ['DISCORD', { discord: { url: discord } }, `${new URL(url).host} 123456…`, /^\/api\/webhooks\//],
    [
      'APPRISE',
      { apprise: { url: `${url}/apprise`, key: 'kitchen' } },
      new URL(url).host,
      /^\/apprise\/notify\/kitchen$/,
    ],
    [
      'WEBHOOK',
      { webhook: { url: `${url}/hook/s3cr3t`, secret: signingSecret } },
      new URL(url).host,
      /^\/hook\/s3cr3t$/,
    ],
  ] as const;
};

describe('a channel', () => {
  it('of each kind is sealed, masked, and sends what its service takes', async () => {
    for (const [kind, target, masked, path] of kinds()) {
      const { channel, userErrors } = await create({ target });
      const isCoded = channel.status === 'UNCONFIRMED';
      if (isCoded) await graph.do('confirm', { id: channel.id, code: await graph.code() }, olga);
      const attempt = await test(channel.id);

      expect({ kind, userErrors, attempt }).toEqual({
        kind,
        userErrors: [],
        attempt: { purpose: 'TEST', outcome: 'SENT', messages: 1, error: null, retryAt: null },
      });
      expect({ ...channel, isCoded }).toMatchObject({ kind, maskedTarget: masked, isCoded: kind === 'TELEGRAM' });
      expect(graph.messengers.take(path)).toHaveLength(1);
      await graph.do('delete', { id: channel.id }, olga);
    }
    const { id } = (await create({ target: { gotify: { url: 'https://gotify.example', token: tokens.gotify } } }))
      .channel;
    const [row] = await graph.subgraph.ownerQuery<{ all: string }>(
      'SELECT c::text AS all FROM integrations.notification_channels c WHERE id = $1',
      [id],
    );
    expect(row?.all).not.toMatch(/AGotifyToken/);
    await graph.do('delete', { id }, olga);
  });

  it('to the address of one’s account needs no code; a letter has two parts, and one id', async () => {
    const { channel } = await create({ target: { email: { address: 'Olga@example.com' } } });

    expect(channel).toMatchObject({ kind: 'EMAIL', status: 'ACTIVE', maskedTarget: 'O…@example.com' });
    expect(await test(channel.id)).toMatchObject({ outcome: 'SENT' });
    const [letter] = graph.mailbox.take('Olga@example.com');
    expect(letter).toMatchObject({
      subject: 'A test from Gastronom',
      from: { address: 'orders@gastronom.example', name: 'Gastronom' },
      text: expect.stringContaining('This channel works'),
      html: expect.stringMatching(/<html lang="en">[\s\S]*This channel works/),
    });
    await graph.do('delete', { id: channel.id }, olga);
  });

  it('to another address sends nothing but a code, until that was entered', async () => {
    const { channel } = await create({ target: { email: { address: 'misha@example.com' } } });
    const [letter] = await until(() => {
      const letters = graph.mailbox.take('misha@example.com');
      return letters.length > 0 && letters;
    });
    const code = /(\d{6})/.exec(letter?.subject ?? '')?.[1] ?? '';
    const { id } = channel;

    expect(channel).toMatchObject({ status: 'UNCONFIRMED', maskedTarget: 'm…@example.com' });
    const other = code === '000000' ? '111111' : '000000';
    expect((await graph.do('confirm', { id, code: other }, olga)).userErrors).toMatchObject([{ code: 'WRONG_CODE' }]);
    expect((await graph.do('confirm', { id, code }, stranger)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await graph.do('test', { id }, olga)).userErrors).toMatchObject([{ code: 'TOO_SOON' }]);
    const switchedOn = await graph.do('update', { input: { id, enabled: true } }, olga);
    expect(switchedOn.channel.status).toBe('UNCONFIRMED');
    expect((await graph.do('confirm', { id, code }, olga)).channel).toMatchObject({ status: 'ACTIVE' });
    expect((await graph.do('confirm', { id, code }, olga)).userErrors).toMatchObject([{ code: 'NOT_UNCONFIRMED' }]);
    const moved = await graph.do(
      'update',
      { input: { id, target: { email: { address: 'petya@example.com' } } } },
      olga,
    );
    expect(moved.channel.status).toBe('UNCONFIRMED');
    await graph.do('delete', { id }, olga);
  });

  it('that could not be sent its code is not switched on past it', async () => {
    graph.messengers.script(/sendMessage/, {
      status: 403,
      body: { ok: false, description: 'Forbidden: bot was blocked' },
    });
    const { id } = (await create({ target: { telegram: { chatId: '12' } } })).channel;
    const [attempt] = await until(async () => {
      const { nodes } = (await graph.do('one', { id }, olga)).log;
      return nodes.length > 0 && nodes;
    });
    const switchedOn = await graph.do('update', { input: { id, enabled: true } }, olga);

    expect(attempt).toMatchObject({
      purpose: 'CONFIRMATION',
      outcome: 'FAILED',
      error: 'Telegram: Forbidden: bot was blocked',
    });
    expect(switchedOn.channel).toMatchObject({ status: 'UNCONFIRMED', offReason: null });
    await graph.do('delete', { id }, olga);
    graph.messengers.take(/sendMessage/);
  });

  it('does not take a code that was guessed at too often', async () => {
    const { channel } = await create({ target: { email: { address: 'vera@example.com' } } });
    const [letter] = await until(() => {
      const letters = graph.mailbox.take('vera@example.com');
      return letters.length > 0 && letters;
    });
    const code = /(\d{6})/.exec(letter?.subject ?? '')?.[1] ?? '';
    for (let guess = 0; guess < 5; guess += 1) await graph.do('confirm', { id: channel.id, code: `x${guess}` }, olga);

    expect((await graph.do('confirm', { id: channel.id, code }, olga)).channel).toBeNull();
    await graph.do('delete', { id: channel.id }, olga);
  });

  it('to a webhook without a secret gets one, which is shown once', async () => {
    const answer = await create({ target: { webhook: { url: `${graph.messengers.url}/hook` } } });
    const { id } = answer.channel;
    const renamed = await graph.do('update', { input: { id, name: 'other' } }, olga);

    expect(answer.signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(renamed).toMatchObject({ channel: { name: 'other' }, signingSecret: null });
    await graph.do('delete', { id }, olga);
  });

  it('of an organization is seen by its members, changed by its ADMINs, and known to nobody else', async () => {
    const input = { name: 'Kitchen', forOrganization: true, target: pushover(), language: 'RU' };
    const { channel } = await create({ ...input, kinds: ['ORDER_CHANGED'] }, chef);
    const { id } = channel;
    const before = await rows();
    const read = async (viewer: UserViewer) => (await graph.do('one', { id }, viewer))?.name ?? null;
    const change = async (viewer: UserViewer) => [
      (await graph.do('update', { input: { id, name: 'Mine' } }, viewer)).userErrors[0]?.code,
      (await graph.do('test', { id }, viewer)).userErrors[0]?.code,
      (await graph.do('delete', { id }, viewer)).userErrors[0]?.code,
      (await create(input, viewer)).userErrors[0]?.code,
    ];

    expect(channel).toMatchObject({ kinds: ['ORDER_CHANGED'], language: 'RU' });
    expect(await Promise.all([chef, cook, stranger, olga].map(read))).toEqual(['Kitchen', 'Kitchen', null, null]);
    for (const viewer of [cook, stranger, olga]) expect(await change(viewer)).toEqual(Array(4).fill('NOT_FOUND'));
    expect(await rows()).toEqual(before);
    expect((await graph.do('list', { ofOrganization: true }, cook)).nodes).toMatchObject([{ id }]);
    expect((await graph.do('list', {}, cook)).nodes).toEqual([]);
    expect((await graph.do('list', { ofOrganization: true }, olga)).nodes).toEqual([]);
    expect((await graph.do('delete', { id }, chef)).deletedId).toBe(id);
  });

  it('is told of in the audit log without where it leads', async () => {
    const { channel } = await create({ target: pushover() });
    const { id } = channel;
    await graph.do('update', { input: { id, enabled: false } }, olga);
    await graph.do('update', { input: { id, enabled: false } }, olga);
    await graph.do('update', { input: { id, target: pushover('W') } }, olga);
    await graph.do('delete', { id }, olga);

    const acts = await graph.subgraph.ownerQuery<{ action: string; data: object }>(
      `SELECT data->>'action' AS action, data FROM jobs.job
       WHERE name = 'record-audit' AND data->'subject'->>'id' = $1 ORDER BY created_on`,
      [id],
    );
    expect(acts.map(({ action }) => action)).toEqual([
      'channel.create',
      'channel.update',
      'channel.update',
      'channel.delete',
    ]);
    expect(acts[1]?.data).toMatchObject({ before: { status: 'ACTIVE' }, after: { status: 'OFF' } });
    expect(acts[2]?.data).toMatchObject({ after: { status: 'ACTIVE', target: 'another' } });
    expect(JSON.stringify(acts)).not.toMatch(/uQiRz|mine/);
  });

  it('is listed page by page, each with its log, in as many statements however many there are', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 4; i += 1) ids.unshift(await graph.channel(stranger, pushover()));
    graph.subgraph.statements();

    const first = await graph.do('list', { first: 3 }, stranger);
    const statements = graph.subgraph.statements().filter((sql) => /notification_/.test(sql));
    const second = await graph.do('list', { first: 3, after: first.pageInfo.endCursor }, stranger);

    expect([...first.nodes, ...second.nodes].map(({ id }: { id: string }) => id)).toEqual(ids);
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([4, true, false]);
    expect(statements).toHaveLength(3);
    for (const id of ids) await graph.do('delete', { id }, stranger);
  });

  it('is one of twenty at most, however many are asked for at once', async () => {
    const target = pushover();
    const answers = await Promise.all(Array.from({ length: 23 }, () => create({ target }, stranger)));

    const refused = answers.filter(({ channel }) => !channel);
    expect(refused.map(({ userErrors }) => userErrors[0].code)).toEqual(Array(3).fill('TOO_MANY'));
  });

  it.each([
    [{ target: {} }, 'EXACTLY_ONE', ['input', 'target']],
    [
      { target: { telegram: { chatId: '1' }, email: { address: 'a@example.com' } } },
      'EXACTLY_ONE',
      ['input', 'target'],
    ],
    [{ name: ' ', target: { telegram: { chatId: '1' } } }, 'BAD_NAME', ['input', 'name']],
    [{ name: 'a\nb', target: { telegram: { chatId: '1' } } }, 'BAD_NAME', ['input', 'name']],
    [{ target: { telegram: { chatId: 'me' } } }, 'BAD_TARGET', ['input', 'target', 'telegram', 'chatId']],
    [{ target: { email: { address: 'nobody' } } }, 'BAD_TARGET', ['input', 'target', 'email', 'address']],
    [
      { target: { email: { address: 'a@example.com\r\nBcc: b@example.com' } } },
      'BAD_TARGET',
      ['input', 'target', 'email', 'address'],
    ],
    [
      { target: { gotify: { url: 'http://169.254.169.254/latest', token: 't' } } },
      'PRIVATE_ADDRESS',
      ['input', 'target', 'gotify', 'url'],
    ],
    [{ target: { webhook: { url: 'http://[::1]:5432' } } }, 'PRIVATE_ADDRESS', ['input', 'target', 'webhook', 'url']],
    [
      { target: { ntfy: { url: 'https://a:b@ntfy.example', topic: 't' } } },
      'BAD_TARGET',
      ['input', 'target', 'ntfy', 'url'],
    ],
    [
      { target: { discord: { url: 'https://discord.example/api/webhooks/1/x' } } },
      'BAD_TARGET',
      ['input', 'target', 'discord', 'url'],
    ],
    [{ target: { apprise: { url: 'https://apprise.example' } } }, 'BAD_TARGET', ['input', 'target', 'apprise', 'key']],
    [{ target: { telegram: { chatId: '1' } }, language: 'SV' }, 'NOT_FOR_PERSONS', ['input', 'language']],
  ])('is not made of %j', async (input, code, field) => {
    const before = await rows();

    const { channel, userErrors } = await create(input);

    expect({ channel, userErrors }).toMatchObject({ channel: null, userErrors: [{ code, field }] });
    expect(await rows()).toEqual(before);
  });

  it.each(Object.keys(operations) as (keyof typeof operations)[])(
    'is nothing for strangers and machines: %s',
    async (name) => {
      const input = { name: 'x', id: randomUUID(), target: { telegram: { chatId: '1' } } };
      const { id: _, ...made } = input;
      const variables = { input: name === 'create' ? made : { id: input.id }, id: input.id, code: '1' };

      for (const viewer of [viewers.anonymous, viewers.service, viewers.internal]) {
        const { errors } = await graph.subgraph.execute(operations[name], variables, viewer);
        expect(errors?.[0]?.extensions?.code).toBe(viewer.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
      }
    },
  );
});

describe('a server without the settings of a service', () => {
  it('says so, and what is missing', async () => {
    const bare = await NotificationGraph.open({
      SMTP_URL: '',
      SMTP_FROM: '',
      FIREBASE_KEY: '',
      PUSHOVER_TOKEN: '',
      TELEGRAM_BOT_TOKEN: '',
    });
    const person = bare.person();
    const make = async (target: object) =>
      (await bare.do('create', { input: { name: 'x', target } }, person)).userErrors;

    expect(await bare.do('options', {}, person)).toEqual(
      ['EMAIL', 'PUSH', 'PUSHOVER', 'GOTIFY', 'NTFY', 'TELEGRAM', 'DISCORD', 'APPRISE', 'WEBHOOK'].map((kind) => ({
        kind,
        isAvailable: !['EMAIL', 'PUSH', 'PUSHOVER', 'TELEGRAM'].includes(kind),
      })),
    );
    expect(await make({ telegram: { chatId: '1' } })).toEqual([
      {
        code: 'NOT_CONFIGURED',
        field: ['input', 'target', 'telegram'],
        message: 'This server cannot use TELEGRAM: it has no TELEGRAM_BOT_TOKEN.',
      },
    ]);
    expect(await make({ email: { address: 'a@example.com' } })).toMatchObject([{ code: 'NOT_CONFIGURED' }]);
    await bare.close();
  });
});

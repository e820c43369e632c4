import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineEvent } from '@gastronom/shared/jobs/event';
import type { RecipientUser } from '@gastronom/shared/notification';
import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { createTestSubgraph, type TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import type { UserViewer, Viewer } from '@gastronom/shared/viewer';
import { z } from 'zod';
import { createIntegrationsContext } from '../context.ts';
import { readIntegrationsSettings } from '../env.ts';
import { integrations } from '../subgraph.ts';
import { FakeAccounts } from './fake-accounts.ts';
import { Mailbox } from './mailbox.ts';
import { Messengers, tokens } from './messengers.ts';

const channel = 'id kind name maskedTarget status offReason kinds language';
const attempts = 'nodes { purpose outcome messages error retryAt }';
const errors = 'userErrors { code field message }';

export const operations = {
  create: `mutation ($input: CreateNotificationChannelInput!) {
    answer: createNotificationChannel(input: $input) { channel { ${channel} } signingSecret ${errors} } }`,
  update: `mutation ($input: UpdateNotificationChannelInput!) {
    answer: updateNotificationChannel(input: $input) { channel { ${channel} } signingSecret ${errors} } }`,
  delete: `mutation ($id: ID!) { answer: deleteNotificationChannel(id: $id) { deletedId ${errors} } }`,
  confirm: `mutation ($id: ID!, $code: String!) {
    answer: confirmNotificationChannel(id: $id, code: $code) { channel { ${channel} } ${errors} } }`,
  test: `mutation ($id: ID!) {
    answer: testNotificationChannel(id: $id) { attempt { purpose outcome messages error retryAt } ${errors} } }`,
  one: `query ($id: ID!) { answer: notificationChannel(id: $id) { ${channel} log(first: 20) { ${attempts} } } }`,
  list: `query ($ofOrganization: Boolean, $first: Int, $after: String) {
    answer: notificationChannels(ofOrganization: $ofOrganization, first: $first, after: $after) {
      totalCount nodes { ${channel} log(first: 1) { ${attempts} } } pageInfo { hasNextPage endCursor } } }`,
  options: '{ answer: notificationChannelOptions { kind isAvailable } }',
  inbox: `query ($unread: Boolean, $first: Int, $after: String, $language: Language) {
    answer: myNotifications(unread: $unread, first: $first, after: $after) {
      totalCount unreadCount pageInfo { hasNextPage endCursor }
      nodes { id kind subjectId urgent readAt link title(language: $language) body(language: $language) } } }`,
  markRead: 'mutation ($ids: [ID!]) { answer: markNotificationsRead(ids: $ids) { unreadCount } }',
} as const;

/** Waits until something holds; jest's own limit says when that was in vain. */
export async function until<T>(look: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await sleep(20);
  }
}

/** The integrations subgraph at work, among people and the services that they are told by. */
export class NotificationGraph {
  private constructor(
    readonly subgraph: TestSubgraph,
    readonly accounts: FakeAccounts,
    readonly messengers: Messengers,
    readonly mailbox: Mailbox,
  ) {}

  static async open(settings: Record<string, string> = {}): Promise<NotificationGraph> {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const [messengers, mailbox] = await Promise.all([Messengers.start(publicKey), Mailbox.start()]);
    const { url } = messengers;
    const firebase = {
      type: 'service_account',
      project_id: 'gastronom-test',
      client_email: 'robot@gastronom-test.iam.gserviceaccount.com',
      private_key: privateKey,
      token_uri: `${url}/token`,
    };
    const shop = readIntegrationsSettings({
      ENVIRONMENT: 'test',
      INTERNAL_SECRET: 'the-secret-of-a-shop-that-tells-people-things',
      ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
      SMTP_URL: mailbox.url,
      SMTP_FROM: 'Gastronom <orders@gastronom.example>',
      FIREBASE_KEY: Buffer.from(JSON.stringify(firebase)).toString('base64'),
      FCM_API_URL: url,
      PUSHOVER_TOKEN: tokens.pushover,
      PUSHOVER_API_URL: url,
      TELEGRAM_BOT_TOKEN: tokens.bot,
      TELEGRAM_API_URL: url,
      DISCORD_URL: url,
      NTFY_URL: `${url}/ntfy`,
      NOTIFICATION_ORDER_LINK: 'https://shop.example/orders/{orderId}',
      ...settings,
    });
    const accounts = new FakeAccounts();
    const definition: SubgraphDefinition = {
      ...integrations,
      createContext: (environment) => createIntegrationsContext(environment, shop),
    };
    const subgraph = await createTestSubgraph(definition, { subgraphs: { accounts: accounts.transport }, works: true });
    return new NotificationGraph(subgraph, accounts, messengers, mailbox);
  }

  /** Somebody with settings of their own. */
  person(settings: Partial<RecipientUser> = {}): UserViewer {
    const id = randomUUID();
    this.accounts.add(id, settings);
    return { kind: 'user', userId: id, role: 'CUSTOMER' };
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async do(operation: keyof typeof operations, variables: object, viewer: Viewer): Promise<any> {
    const { data, errors } = await this.subgraph.execute(operations[operation], { ...variables }, viewer);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.answer;
  }

  /** Makes a channel, and enters the code where it wants one. @returns its id. */
  async channel(viewer: Viewer, target: object, more: object = {}): Promise<string> {
    const { channel, userErrors } = await this.do('create', { input: { name: 'x', target, ...more } }, viewer);
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    if (channel.status === 'UNCONFIRMED') await this.do('confirm', { id: channel.id, code: await this.code() }, viewer);
    return channel.id;
  }

  /** The code that comes to a Telegram chat. */
  async code(): Promise<string> {
    const [message] = await until(() => {
      const messages = this.messengers.take(/sendMessage/);
      return messages.length > 0 && messages;
    });
    return /\d{6}/.exec(message?.body.text)?.[0] ?? '';
  }

  // biome-ignore lint/suspicious/noExplicitAny: the same
  async inbox(viewer: Viewer, variables: object = {}): Promise<any[]> {
    return (await this.do('inbox', variables, viewer)).nodes;
  }

  /** Publishes a fact as its owner would. */
  publish(type: string, data: object): Promise<void> {
    const event = defineEvent({ type, version: 1, data: z.record(z.string(), z.unknown()) });
    return this.subgraph.jobs.publish(this.subgraph.dataSource.manager, event, data as Record<string, unknown>);
  }

  /** Nothing waits to be done now, but for what has a later moment. */
  async settled(): Promise<void> {
    await until(async () => {
      const [row] = await this.subgraph.ownerQuery<{ n: number }>(
        `SELECT count(*)::int AS n FROM jobs.job WHERE state < 'completed' AND start_after <= now()
           AND name IN ('notify-people', 'send-notifications')`,
      );
      return row?.n === 0;
    });
  }

  async close(): Promise<void> {
    await this.subgraph.close();
    await Promise.all([this.messengers.stop(), this.mailbox.stop()]);
  }
}

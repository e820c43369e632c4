import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentSecrets } from '@gastronom/shared/secrets';
import { createTestDatabase, type TestDatabase } from '@gastronom/shared/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { developmentIssuer, developmentParty, developmentToken } from '../src/identity/development-token.ts';
import { speak } from './door-harness.ts';
import { freePort, type ProductProcess, startProcess } from './product-process.ts';

const secret = (name: string): string => `${name}-${randomBytes(9).toString('hex')}`;

describe('the log of a server that is told secrets', () => {
  const settings = {
    webhook: secret('webhook'),
    formerWebhook: secret('former'),
    oneC: secret('one-c'),
    redis: secret('redis'),
    bucket: secret('bucket'),
    encryption: secret('the-key-of-encryption'),
    stripe: `sk_live_${randomBytes(12).toString('hex')}`,
    stripeWebhook: `whsec_${randomBytes(12).toString('hex')}`,
    mail: secret('mail'),
    pushover: secret('pushover'),
    telegram: secret('telegram'),
    firebase: secret('firebase'),
    internal: process.env.INTERNAL_SECRET ?? '',
    database: new URL(process.env.TEST_DATABASE_URL ?? '').password,
  };
  const shown = {
    key: `gk_1a2b3c4d_${secret('key')}`,
    webhook: secret('guessed-webhook'),
    basic: secret('basic'),
    cookie: secret('cookie'),
    token: secret('callback'),
    variable: secret('variable'),
    bearer: secret('bearer'),
    unread: secret('unread'),
    signature: secret('signature'),
    gotify: secret('gotify'),
    discord: secret('discord'),
    hook: secret('hook'),
    hookSecret: randomBytes(24).toString('base64'),
  };
  const folder = mkdtempSync(join(tmpdir(), 'gastronom-secrets-'));
  let database: TestDatabase;
  let server: ProductProcess;
  let port: number;
  let jwt: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    port = await freePort();
    const secrets = developmentSecrets(process.env.DATA_DIR ?? '');
    jwt = await developmentToken(secrets, 'admin', 600);
    const internalFile = join(folder, 'internal');
    writeFileSync(internalFile, `${settings.internal}\n`);
    server = startProcess('gateway/src/main.ts', {
      ENVIRONMENT: 'production',
      LOG_LEVEL: 'trace',
      DATA_DIR: folder,
      PORT: String(port),
      DATABASE_URL: database.ownerUrl,
      INTERNAL_SECRET_FILE: internalFile,
      ENCRYPTION_KEYS: `k1:${settings.encryption}`,
      REDIS_URL: `redis://:${settings.redis}@127.0.0.1:9`,
      ONE_C_URL: `http://robot:${settings.oneC}@127.0.0.1:9/hs`,
      ONE_C_WEBHOOK_SECRETS: `${settings.webhook}, ${settings.formerWebhook}`,
      PUBLIC_URL: 'https://api.shop.example',
      AWS_SECRET_ACCESS_KEY: settings.bucket,
      STRIPE_SECRET_KEY: settings.stripe,
      STRIPE_PUBLISHABLE_KEY: 'pk_live_everybody',
      STRIPE_WEBHOOK_SECRETS: settings.stripeWebhook,
      SMTP_URL: `smtp://robot:${settings.mail}@127.0.0.1:9`,
      SMTP_FROM: 'orders@shop.example',
      PUSHOVER_TOKEN: settings.pushover,
      PUSHOVER_API_URL: 'http://127.0.0.1:9',
      TELEGRAM_BOT_TOKEN: settings.telegram,
      TELEGRAM_API_URL: 'http://127.0.0.1:9',
      FIREBASE_KEY: JSON.stringify({
        project_id: 'shop',
        client_email: 'robot@shop.example',
        private_key: `-----BEGIN PRIVATE KEY-----\n${settings.firebase}\n-----END PRIVATE KEY-----\n`,
        token_uri: 'http://127.0.0.1:9/token',
      }),
      CLERK_JWT_KEY: secrets.developmentKey.publicKey,
      CLERK_ISSUERS: developmentIssuer,
      CLERK_AUTHORIZED_PARTIES: developmentParty,
    });
    await server.said('"msg":"listening"');
  });
  afterAll(async () => {
    await server.ended('SIGKILL');
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const call = (path: string, headers: Record<string, string> = {}, body?: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { method: body === undefined ? 'GET' : 'POST', headers, body });
  const ask = (authorization: string, query: string, variables: object = {}) =>
    call(
      '/graphql',
      { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      JSON.stringify({ query, variables }),
    );
  const stocks = '/api/v1/integrations/one_c/stocks';
  const createChannel = `mutation ($target: NotificationTargetInput!) {
    createNotificationChannel(input: { name: "mine", target: $target }) { channel { id } userErrors { code message } } }`;
  /** Each kind of channel, made and tried: nothing answers at any of their addresses. */
  const tryChannels = async (): Promise<void> => {
    const targets = [
      { email: { address: 'nobody@shop.example' } },
      { pushover: { userKey: 'u'.repeat(30) } },
      { telegram: { chatId: '1' } },
      { push: { deviceToken: shown.token.repeat(6) } },
      { gotify: { url: 'https://gotify.invalid', token: shown.gotify } },
      { discord: { url: `https://discord.com/api/webhooks/1/${shown.discord}` } },
      { webhook: { url: `https://hooks.invalid/${shown.hook}`, secret: `whsec_${shown.hookSecret}` } },
    ];
    for (const target of targets) {
      const made = (await (await ask(`Bearer ${jwt}`, createChannel, { target })).json()) as {
        data: { createNotificationChannel: { channel: { id: string } | null; userErrors: object[] } };
      };
      if (!made.data) throw new Error(JSON.stringify({ target, made }));
      const { channel, userErrors } = made.data.createNotificationChannel;
      expect({ target, userErrors }).toEqual({ target, userErrors: [] });
      const test = 'mutation ($id: ID!) { testNotificationChannel(id: $id) { userErrors { code } } }';
      await ask(`Bearer ${jwt}`, test, { id: channel?.id });
    }
  };
  const find = 'query ($text: String) { products(first: 1, filter: { text: $text }) { nodes { name } } }';

  it('holds none of them, whatever is asked and whatever goes wrong', async () => {
    const forged = `${jwt.split('.').slice(0, 2).join('.')}.${Buffer.from(shown.bearer).toString('base64url')}`;
    for (const token of [jwt, forged, shown.key, shown.bearer]) await ask(`Bearer ${token}`, '{ me { id } }');
    await ask('', find, { text: shown.variable });
    const variables = encodeURIComponent(JSON.stringify({ text: shown.variable }));
    await call(`/graphql?query=${encodeURIComponent(find)}&variables=${variables}`, { 'x-apollo-operation-name': 'q' });
    await call(`${stocks}?token=${shown.token}`, { authorization: `Bearer ${settings.webhook}` }, '[');
    await call(`${stocks}?token=${shown.token}`, { 'x-webhook-secret': shown.webhook }, '[]');
    await call(`/api/v1/integrations/one_c/exchange?type=catalog&mode=checkauth&sessid=${shown.token}`, {
      authorization: `Basic ${Buffer.from(`1c:${shown.basic}`).toString('base64')}`,
      cookie: `gastronom_exchange=${shown.cookie}`,
    });
    await call('/webhooks/stripe', { 'stripe-signature': `t=1,v1=${shown.signature}` }, '{}');
    await tryChannels();
    await call(`/nowhere?secret=${shown.token}&password=${shown.token}`);
    await call(`/%zz?token=${shown.token}`);
    await speak(port, [`GET /?token=${shown.token} HTTP/9.9\r\nCookie: ${shown.cookie}\r\n\r\n`]);
    // What a table that is gone does to a query stands in the log with the query, and not with its values.
    await database.query('ALTER TABLE catalog.products RENAME TO gone');
    const broken = await (await ask('', find, { text: shown.unread })).text();
    await call(`/images/${'0'.repeat(64)}?token=${shown.token}`);

    expect(broken).toContain('INTERNAL_SERVER_ERROR');
    await server.said('a resolver failed');
    const { output } = await server.ended('SIGTERM');

    expect(output).toContain(`"url":"${stocks}?token"`);
    expect(output).toContain('Redis does not answer');
    expect(output).toContain('brought no valid request');
    expect(output.match(/"msg":"request"/g)?.length).toBeGreaterThan(10);
    const forms = (text: string) => [text, encodeURIComponent(text), Buffer.from(text).toString('base64url')];
    const secrets = { ...settings, ...shown, jwt, basicPair: Buffer.from(`1c:${shown.basic}`).toString('base64') };
    const told = Object.entries(secrets).filter(([, value]) => forms(value).some((form) => output.includes(form)));
    expect(told.map(([name]) => name)).toEqual([]);
    expect(output).not.toMatch(/"(authorization|cookie|variables|parameters)":"?(?!\[redacted\])/);
  });
});

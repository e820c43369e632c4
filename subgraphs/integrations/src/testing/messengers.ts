import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, importSPKI, jwtVerify } from 'jose';
import { Webhook } from 'standardwebhooks';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what was sent
  readonly body: any;
}

export interface Scripted {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Record<string, string>;
  /** Answered only when this has come about. */
  readonly after?: Promise<void>;
}

const bot = '123456:telegram-bot-token';
const pushoverToken = 'azGDORePK8gMaC0QOYAMyEEuzJnyUi';
export const tokens = { bot, pushover: pushoverToken, gotify: 'AGotifyTokenOfApp', ntfy: 'tk_ntfysecrettoken' };
export const signingSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const has = (body: Record<string, unknown>, ...names: string[]): boolean =>
  names.every((name) => typeof body[name] === 'string' && body[name] !== '');

const ok = (body: object = {}): Scripted => ({ status: 200, body });
const no = (status: number, body: object = {}): Scripted => ({ status, body });

/**
 * The services that people are told by, on one loopback server: each takes what its documentation demands, and refuses
 * the rest as documented. What a test scripts is answered first.
 */
export class Messengers {
  readonly received: Received[] = [];
  readonly #scripts: { readonly path: RegExp; readonly answers: Scripted[] }[] = [];
  readonly #server: Server;
  tokensGiven = 0;

  private constructor(
    server: Server,
    readonly publicKey: string,
  ) {
    this.#server = server;
  }

  static async start(publicKey: string): Promise<Messengers> {
    const server = createServer();
    const messengers = new Messengers(server, publicKey);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const one = read(request.url ?? '', request.headers, Buffer.concat(chunks).toString('utf8'));
      const scripted = messengers.#scripts.find(({ path }) => path.test(one.path))?.answers.shift();
      const answer = scripted ?? (request.method === 'POST' ? await messengers.#answer(one) : no(405));
      messengers.received.push(one);
      await answer.after;
      const body = answer.status === 204 ? '' : JSON.stringify(answer.body ?? {});
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return messengers;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What came to a path since the last look. */
  take(path: RegExp): Received[] {
    const taken = this.received.filter((one) => path.test(one.path));
    const rest = this.received.filter((one) => !path.test(one.path));
    this.received.splice(0, this.received.length, ...rest);
    return taken;
  }

  script(path: RegExp, ...answers: Scripted[]): void {
    this.#scripts.unshift({ path, answers });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer({ path, headers, body, text }: Received): Promise<Scripted> {
    if (path === `/bot${bot}/sendMessage`)
      return has(body, 'chat_id', 'text') && body.text.length <= 4_096
        ? ok({ ok: true, result: { message_id: 1 } })
        : no(400, { ok: false, error_code: 400, description: 'Bad Request: message text is empty' });
    if (path.startsWith('/bot')) return no(401, { ok: false, error_code: 401, description: 'Unauthorized' });
    if (path === '/token') return this.#giveToken(body);
    if (path === '/v1/projects/gastronom-test/messages:send') return this.#push(headers, body);
    if (path === '/1/messages.json')
      return has(body, 'token', 'user', 'message') && body.token === pushoverToken
        ? ok({ status: 1, request: 'r' })
        : no(400, { status: 0, token: 'invalid', errors: ['application token is invalid'] });
    if (path === '/gotify/message')
      return headers['x-gotify-key'] === tokens.gotify && has(body, 'message')
        ? ok({ id: 25 })
        : no(401, { error: 'Unauthorized', errorDescription: 'you need to provide a valid access token' });
    if (path === '/ntfy/')
      return headers.authorization === `Bearer ${tokens.ntfy}` && has(body, 'topic', 'message')
        ? ok({ id: 'x', event: 'message' })
        : no(403, { code: 40301, http: 403, error: 'forbidden' });
    if (/^\/api\/webhooks\/\d+\/[\w-]+\?wait=true$/.test(path))
      return body.content || body.embeds?.length
        ? ok({ id: '1' })
        : no(400, { code: 50006, message: 'Cannot send an empty message' });
    if (path === '/apprise/notify/kitchen' || (path === '/apprise/notify/' && has(body, 'urls')))
      return has(body, 'body') ? ok() : no(400, { error: 'Payload lacks minimum requirements.' });
    if (path.startsWith('/hook')) {
      new Webhook(signingSecret).verify(text, headers as Record<string, string>);
      return ok();
    }
    return no(404);
  }

  /** Google's token endpoint for service accounts (RFC 7523). */
  async #giveToken(form: Record<string, string>): Promise<Scripted> {
    if (form.grant_type !== 'urn:ietf:params:oauth:grant-type:jwt-bearer')
      return no(400, { error: 'unsupported_grant_type' });
    const key = await importSPKI(this.publicKey, 'RS256');
    const { payload } = await jwtVerify(form.assertion ?? '', key, {
      issuer: 'robot@gastronom-test.iam.gserviceaccount.com',
      audience: `${this.url}/token`,
    });
    const { scope, iat = 0, exp = 0 } = { ...decodeJwt(form.assertion ?? ''), ...payload };
    if (scope !== 'https://www.googleapis.com/auth/firebase.messaging' || exp - iat > 3_600)
      return no(400, { error: 'invalid_scope' });
    this.tokensGiven += 1;
    return ok({ access_token: `ya29.${this.tokensGiven}`, expires_in: 3_599, token_type: 'Bearer' });
  }

  #push(
    headers: IncomingHttpHeaders,
    body: { message?: { token?: string; data?: Record<string, unknown> } },
  ): Scripted {
    if (headers.authorization !== `Bearer ya29.${this.tokensGiven}`)
      return no(401, { error: { status: 'UNAUTHENTICATED' } });
    const isMapOfTexts = Object.values(body.message?.data ?? {}).every((value) => typeof value === 'string');
    if (!body.message?.token || !isMapOfTexts) return no(400, { error: { status: 'INVALID_ARGUMENT' } });
    return ok({ name: 'projects/gastronom-test/messages/1' });
  }
}

/** Bodies are JSON or forms, as the content type says. */
function read(path: string, headers: IncomingHttpHeaders, text: string): Received {
  const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
  return { path, headers, text, body: isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text) };
}

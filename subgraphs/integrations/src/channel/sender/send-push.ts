import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import type { FirebaseSettings } from '../channel-settings.ts';
import type { TargetOf } from '../target.ts';
import { atMost, type Message } from './message.ts';
import { isOk, type PostTo, type Reply, refusalOf, retryAfterOf } from './post.ts';
import { SendTrouble } from './send-trouble.ts';

const service = 'Firebase Cloud Messaging';
const scope = 'https://www.googleapis.com/auth/firebase.messaging';
const minute = 60_000;

const errorSchema = z.object({
  status: z.string().catch(''),
  details: z.array(z.object({ errorCode: z.string().optional().catch(undefined) })).catch([]),
});

/** The error codes of FCM's v1 API. https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode */
function errorCodeOf({ json }: Reply): string {
  const error = errorSchema.safeParse(json.error);
  if (!error.success) return '';
  return error.data.details.find(({ errorCode }) => errorCode !== undefined)?.errorCode ?? error.data.status;
}

function troubleOf(reply: Reply): SendTrouble {
  const code = errorCodeOf(reply);
  if (code === 'UNREGISTERED') return new SendTrouble('SWITCH_OFF', `${service}: the app was removed from the device.`);
  if (code === 'SENDER_ID_MISMATCH')
    return new SendTrouble('SWITCH_OFF', `${service}: the device token is of another project.`);
  // Google asks for a minute at least where it does not say how long.
  if (code === 'QUOTA_EXCEEDED')
    return new SendTrouble('RETRY', `${service}: too many messages.`, retryAfterOf(reply) ?? minute);
  if (reply.status === 401 || reply.status === 403)
    return new SendTrouble('RETRY', `${service} does not accept our service account (${code}).`);
  return refusalOf(service, reply, code);
}

/** Sends to FCM's HTTP v1 API with a service account. Access tokens are used for as long as they are good. */
export class PushSender {
  readonly #settings: FirebaseSettings;
  readonly #post: PostTo;
  #access: { readonly token: string; readonly until: number } | undefined;

  constructor(settings: FirebaseSettings, post: PostTo) {
    this.#settings = settings;
    this.#post = post;
  }

  async send({ deviceToken }: TargetOf<'PUSH'>, message: Message): Promise<void> {
    const { url, projectId } = this.#settings;
    const reply = await this.#post({
      service,
      url: `${url}/v1/projects/${encodeURIComponent(projectId)}/messages:send`,
      headers: { authorization: `Bearer ${await this.#accessToken()}` },
      body: { message: pushOf(deviceToken, message) },
    });
    if (isOk(reply)) return;
    if (reply.status === 401) this.#access = undefined;
    throw troubleOf(reply);
  }

  /** A signed claim is exchanged for a token (RFC 7523, as Google has it for service accounts). */
  async #accessToken(): Promise<string> {
    if (this.#access && this.#access.until > Date.now()) return this.#access.token;
    const { clientEmail, privateKey, tokenUri } = this.#settings;
    const assertion = await new SignJWT({ scope })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(clientEmail)
      .setAudience(tokenUri)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(await importPKCS8(privateKey, 'RS256'));
    const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    const reply = await this.#post({ service, url: tokenUri, body });
    const { access_token: token, expires_in: seconds } = reply.json;
    if (!isOk(reply) || typeof token !== 'string')
      throw new SendTrouble('RETRY', `${service} does not accept our service account (${reply.status}).`);
    this.#access = { token, until: Date.now() + (Number(seconds) || 60) * 1_000 - minute };
    return token;
  }
}

/** 4,096 bytes is the most that FCM takes; a character is three of them at worst. */
function pushOf(token: string, { id, type, title, body, link, urgent }: Message): object {
  return {
    token,
    notification: { title: atMost(title, 150), body: atMost(body, 700) },
    data: { id, type, ...(link ? { link } : {}) },
    android: { priority: urgent ? 'HIGH' : 'NORMAL' },
    apns: { headers: { 'apns-priority': urgent ? '10' : '5' }, payload: { aps: { sound: 'default' } } },
    ...(link?.startsWith('https:') ? { webpush: { fcm_options: { link } } } : {}),
  };
}

import type { TokenSettings } from '../channel-settings.ts';
import type { TargetOf } from '../target.ts';
import { atMost, type Message } from './message.ts';
import { isOk, type PostTo, refusalOf } from './post.ts';
import { SendTrouble } from './send-trouble.ts';

const service = 'Pushover';

/** https://pushover.net/api */
export const createPushoverSender =
  ({ url, token }: TokenSettings, post: PostTo) =>
  async ({ userKey, device }: TargetOf<'PUSHOVER'>, message: Message): Promise<void> => {
    const body = new URLSearchParams({
      token,
      user: userKey,
      title: atMost(message.title, 250),
      message: atMost(message.body, 1_024) || '…',
      timestamp: String(Math.floor(message.at.getTime() / 1_000)),
      priority: message.urgent ? '1' : '0',
      ...(device ? { device } : {}),
      ...(message.link ? { url: atMost(message.link, 512) } : {}),
    });
    const reply = await post({ service, url: `${url}/1/messages.json`, body });
    if (isOk(reply) && reply.json.status === 1) return;
    const said = Array.isArray(reply.json.errors) ? reply.json.errors.join('; ') : '';
    if (reply.status === 429) {
      // The month's messages are used up; the header says, in seconds since 1970, when it begins anew.
      const resetAt = Number(reply.headers['x-limit-app-reset']) * 1_000;
      const wait = resetAt > Date.now() ? resetAt - Date.now() : undefined;
      throw new SendTrouble('RETRY', `${service}: ${said || 'too many messages.'}`, wait);
    }
    if (reply.json.user === 'invalid') throw new SendTrouble('SWITCH_OFF', `${service}: ${said || 'no such user.'}`);
    if (reply.json.token === 'invalid') throw new SendTrouble('RETRY', `${service} does not accept PUSHOVER_TOKEN.`);
    throw refusalOf(service, reply, said);
  };

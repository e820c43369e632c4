import type { TargetOf } from '../target.ts';
import type { Message } from './message.ts';
import { isOk, type PostTo, refusalOf } from './post.ts';
import { SendTrouble } from './send-trouble.ts';

const service = 'Gotify';

/** https://gotify.net/docs/pushmsg */
export const createGotifySender =
  (post: PostTo) =>
  async ({ url, token }: TargetOf<'GOTIFY'>, { title, body, link, urgent }: Message): Promise<void> => {
    const reply = await post({
      service,
      url: `${url}/message`,
      headers: { 'x-gotify-key': token },
      body: {
        title,
        message: body,
        // From 8 on its app sounds, from 4 on it shows up by itself.
        priority: urgent ? 8 : 5,
        ...(link ? { extras: { 'client::notification': { click: { url: link } } } } : {}),
      },
    });
    if (isOk(reply)) return;
    if (reply.status === 401 || reply.status === 403)
      throw new SendTrouble('SWITCH_OFF', `${service} does not accept the token any more (${reply.status}).`);
    throw refusalOf(service, reply, reply.json.errorDescription);
  };

import type { TargetOf } from '../target.ts';
import { atMost, type Message } from './message.ts';
import { isOk, type PostTo, refusalOf } from './post.ts';
import { SendTrouble } from './send-trouble.ts';

const service = 'ntfy';

/** https://docs.ntfy.sh/publish/#publish-as-json. A message is 4,096 bytes at most. */
export const createNtfySender =
  (shop: { readonly url: string; readonly post: PostTo }, postAnywhere: PostTo) =>
  async ({ url, topic, token }: TargetOf<'NTFY'>, { title, body, link, urgent }: Message): Promise<void> => {
    // The shop's own server may stand where people's addresses may not lead.
    const post = url ? postAnywhere : shop.post;
    const reply = await post({
      service,
      url: `${url ?? shop.url}/`,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      body: {
        topic,
        title: atMost(title, 250),
        message: atMost(body, 1_300),
        priority: urgent ? 5 : 3,
        ...(link ? { click: link } : {}),
      },
    });
    if (isOk(reply)) return;
    if (reply.status === 401 || reply.status === 403)
      throw new SendTrouble('SWITCH_OFF', `${service} does not let us write to the topic (${reply.status}).`);
    throw refusalOf(service, reply, reply.json.error);
  };

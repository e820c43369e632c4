import type { TargetOf } from '../target.ts';
import type { Message } from './message.ts';
import { isOk, type PostTo, refusalOf } from './post.ts';
import { SendTrouble } from './send-trouble.ts';

const service = 'Apprise';

/** https://github.com/caronc/apprise-api#api-details: by a configuration that the server keeps, or by addresses. */
export const createAppriseSender =
  (post: PostTo) =>
  async ({ url, key, urls, tag }: TargetOf<'APPRISE'>, { title, body, link, urgent }: Message): Promise<void> => {
    const reply = await post({
      service,
      url: key ? `${url}/notify/${key}` : `${url}/notify/`,
      body: {
        title,
        body: link ? `${body}\n\n${link}` : body,
        type: urgent ? 'warning' : 'info',
        format: 'text',
        ...(key ? {} : { urls: (urls ?? []).join(',') }),
        ...(tag ? { tag } : {}),
      },
    });
    if (reply.status === 204) throw new SendTrouble('SWITCH_OFF', `${service} has no configuration under this key.`);
    // Some of its services were reached: another try would tell those twice.
    if (reply.status === 424) throw new SendTrouble('GIVE_UP', `${service} did not reach all of its services.`);
    if (!isOk(reply)) throw refusalOf(service, reply, reply.json.error);
  };

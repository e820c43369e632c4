import { Webhook } from 'standardwebhooks';
import type { TargetOf } from '../target.ts';
import type { Message } from './message.ts';
import { isOk, type PostTo, retryAfterOf } from './post.ts';
import { SendTrouble } from './send-trouble.ts';

const service = 'The webhook';

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export const createWebhookSender =
  (post: PostTo) =>
  async ({ url, secret }: TargetOf<'WEBHOOK'>, message: Message): Promise<void> => {
    const { id, type, title, body: text, link, urgent, language, data, at } = message;
    const body = JSON.stringify({
      type: `notification.${type}`,
      timestamp: at.toISOString(),
      data: { id, title, body: text, link: link ?? null, urgent, language: language.toLowerCase(), details: data },
    });
    const sentAt = new Date();
    const reply = await post({
      service,
      url,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret ?? '').sign(id, sentAt, body),
      },
      body,
    });
    if (isOk(reply)) return;
    if (reply.status === 410) throw new SendTrouble('SWITCH_OFF', `${service} answered 410: it is gone.`);
    throw new SendTrouble('RETRY', `${service} answered ${reply.status}.`, retryAfterOf(reply));
  };

import type { TargetOf } from '../target.ts';
import { atMost, type Message } from './message.ts';
import { isOk, type PostTo, refusalOf } from './post.ts';
import { SendTrouble } from './send-trouble.ts';

const service = 'Discord';
const unknownWebhook = 10_015;
const invalidWebhookToken = 50_027;

/** https://discord.com/developers/docs/resources/webhook#execute-webhook */
export const createDiscordSender =
  (post: PostTo) =>
  async ({ url }: TargetOf<'DISCORD'>, { title, body, link, urgent, at }: Message): Promise<void> => {
    const reply = await post({
      service,
      url: `${url}?wait=true`,
      body: {
        embeds: [
          {
            title: atMost(title, 256),
            description: atMost(body, 4_000),
            timestamp: at.toISOString(),
            color: urgent ? 0xc0392b : 0x0b6e4f,
            ...(link ? { url: link } : {}),
          },
        ],
        // Names of customers that look like @everyone wake nobody.
        allowed_mentions: { parse: [] },
      },
    });
    if (isOk(reply)) return;
    const { code, message, retry_after: seconds } = reply.json;
    if (reply.status === 404 || code === unknownWebhook || code === invalidWebhookToken)
      throw new SendTrouble('SWITCH_OFF', `${service}: the webhook was deleted.`);
    if (reply.status === 429 && Number(seconds) > 0)
      throw new SendTrouble('RETRY', `${service}: too many messages.`, Math.ceil(Number(seconds) * 1_000));
    throw refusalOf(service, reply, message);
  };

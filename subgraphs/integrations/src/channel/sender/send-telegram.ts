import { z } from 'zod';
import type { TokenSettings } from '../channel-settings.ts';
import type { TargetOf } from '../target.ts';
import { atMost, type Message, plainText } from './message.ts';
import { isOk, type PostTo, type Reply, refusalOf } from './post.ts';
import { SendTrouble } from './send-trouble.ts';

const service = 'Telegram';

const parameters = z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() });

/** https://core.telegram.org/bots/api#responseparameters */
const parametersOf = ({ json }: Reply): z.infer<typeof parameters> => parameters.safeParse(json.parameters).data ?? {};

function troubleOf(reply: Reply): SendTrouble {
  const words = String(reply.json.description ?? '').slice(0, 200);
  // The bot was blocked or thrown out, the person is gone, or there was never such a chat.
  if (
    reply.status === 403 ||
    (reply.status === 400 && /chat not found|chat_id is empty|user is deactivated/i.test(words))
  )
    return new SendTrouble('SWITCH_OFF', `${service}: ${words || 'the bot may not write to this chat.'}`);
  if (reply.status === 429)
    return new SendTrouble('RETRY', `${service}: too many messages.`, (parametersOf(reply).retry_after ?? 1) * 1_000);
  if (reply.status === 401 || reply.status === 404)
    return new SendTrouble('RETRY', `${service} does not accept TELEGRAM_BOT_TOKEN (${reply.status}).`);
  return refusalOf(service, reply, words);
}

/** https://core.telegram.org/bots/api#sendmessage. Plain text: nothing in it is taken for markup. */
export const createTelegramSender =
  ({ url, token }: TokenSettings, post: PostTo) =>
  async ({ chatId }: TargetOf<'TELEGRAM'>, message: Message): Promise<void> => {
    const sendTo = (chat: string) =>
      post({
        service,
        url: `${url}/bot${token}/sendMessage`,
        body: {
          chat_id: chat,
          text: atMost(plainText(message), 4_096),
          link_preview_options: { is_disabled: true },
          disable_notification: !message.urgent && message.type === 'digest',
        },
      });
    const reply = await sendTo(chatId);
    // A group that became a supergroup has another number.
    const movedTo = parametersOf(reply).migrate_to_chat_id;
    const last = isOk(reply) || movedTo === undefined ? reply : await sendTo(String(movedTo));
    if (!isOk(last) || last.json.ok !== true) throw troubleOf(last);
  };

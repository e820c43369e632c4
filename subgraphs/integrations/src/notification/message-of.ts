import type { ChannelSettings } from '../channel/channel-settings.ts';
import type { Message } from '../channel/sender/message.ts';
import type { WaitingDelivery } from './lane.repository.ts';
import { digestText, notificationText, type TextParams } from './texts/texts.ts';

/** Where a person sees what a notification is about: the page of a store, or an order where the shop said where it shows it. */
export function linkOf(params: TextParams, { orderLink }: Pick<ChannelSettings, 'orderLink'>): string | undefined {
  const { orderId, url } = params;
  if (typeof url === 'string' && /^https?:/.test(url)) return url;
  return orderLink && typeof orderId === 'string'
    ? orderLink.replaceAll('{orderId}', encodeURIComponent(orderId))
    : undefined;
}

const languageOf = ({ ownerKind, channelLanguage, language }: WaitingDelivery) =>
  ownerKind === 'ORGANIZATION' ? (channelLanguage ?? language) : language;

function single(waiting: WaitingDelivery, settings: ChannelSettings): Message {
  const { id, kind, params, urgent, occurredAt, eventId } = waiting;
  const language = languageOf(waiting);
  return {
    ...notificationText(language, kind, params),
    id: `notification-${id}`,
    type: kind.toLowerCase(),
    language,
    link: linkOf(params, settings),
    urgent,
    at: occurredAt,
    data: { eventId, ...params },
  };
}

/** One message for one notification, or for all that waited. */
export function messageOf(waiting: readonly WaitingDelivery[], settings: ChannelSettings): Message {
  const [first, ...others] = waiting.map((one) => single(one, settings));
  if (!first) throw new Error('a message is made of one notification at least');
  if (others.length === 0) return first;
  const all = [first, ...others];
  return {
    ...digestText(first.language, all),
    id: `digest-${waiting[0]?.id}-${waiting.at(-1)?.id}`,
    type: 'digest',
    language: first.language,
    urgent: false,
    at: all.at(-1)?.at ?? first.at,
    data: { notifications: all.map(({ type, data, link }) => ({ type, link: link ?? null, ...data })) },
  };
}

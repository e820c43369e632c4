import { registerEnumType } from 'type-graphql';
import { type ChannelKindName, type LanguageName, type NotificationKindName } from './notification.ts';

type EnumOf<Name extends string> = { readonly [Value in Name]: Value };

export const Language: EnumOf<LanguageName> = { EN: 'EN', SV: 'SV', RU: 'RU' };
registerEnumType(Language, {
  name: 'Language',
  description: 'A language that people are told things in.',
  valuesConfig: {
    EN: { description: 'English.' },
    SV: { description: 'Swedish.' },
    RU: { description: 'Russian.' },
  },
});

export const NotificationKind: EnumOf<NotificationKindName> = {
  ORDER_RECEIVED: 'ORDER_RECEIVED',
  ORDER_PLACED: 'ORDER_PLACED',
  ORDER_CHANGED: 'ORDER_CHANGED',
  ORDER_CANCELLED: 'ORDER_CANCELLED',
  DELIVERY_MARKED: 'DELIVERY_MARKED',
  APPROVAL_REQUESTED: 'APPROVAL_REQUESTED',
  STANDING_ORDER_FAILED: 'STANDING_ORDER_FAILED',
  PAYMENT_CHANGED: 'PAYMENT_CHANGED',
  INVOICE_MATCHED: 'INVOICE_MATCHED',
  WEBHOOK_DISABLED: 'WEBHOOK_DISABLED',
  PRICE_ALERT: 'PRICE_ALERT',
  PRICE_PAGE_FAILING: 'PRICE_PAGE_FAILING',
};
registerEnumType(NotificationKind, {
  name: 'NotificationKind',
  description: 'What somebody is told of.',
  valuesConfig: {
    ORDER_RECEIVED: { description: 'A supplier has a new order. For its members; of the house’s orders, for staff.' },
    ORDER_PLACED: { description: 'An order stands. For the person who placed it.' },
    ORDER_CHANGED: {
      description: 'A supplier confirmed, rejected, shipped or changed an order, or it was cancelled. For the buyer.',
    },
    ORDER_CANCELLED: { description: 'An order was cancelled. For the supplier; at once, quiet hours or not.' },
    DELIVERY_MARKED: { description: 'The buyer said what a delivery brought. For supplier and buyer.' },
    APPROVAL_REQUESTED: { description: 'An order waits for approval. For the ADMINs of the buyer; at once.' },
    STANDING_ORDER_FAILED: {
      description: 'A standing order was not ordered, or in part. For the buyer; at once.',
    },
    PAYMENT_CHANGED: { description: 'A payment succeeded, failed or was refunded. For the buyer.' },
    INVOICE_MATCHED: { description: 'An invoice was compared with its orders. For supplier and buyer.' },
    WEBHOOK_DISABLED: {
      description: 'A webhook endpoint was switched off. For the ADMINs of its organization, or staff; at once.',
    },
    PRICE_ALERT: { description: 'The price of a tracked product came to what an alert waits for. For who made it.' },
    PRICE_PAGE_FAILING: {
      description: 'Pages of a tracked store cannot be read, several times in a row. For who watches them.',
    },
  },
});

export const NotificationChannelKind: EnumOf<ChannelKindName> = {
  EMAIL: 'EMAIL',
  PUSH: 'PUSH',
  PUSHOVER: 'PUSHOVER',
  GOTIFY: 'GOTIFY',
  NTFY: 'NTFY',
  TELEGRAM: 'TELEGRAM',
  DISCORD: 'DISCORD',
  APPRISE: 'APPRISE',
  WEBHOOK: 'WEBHOOK',
};
registerEnumType(NotificationChannelKind, {
  name: 'NotificationChannelKind',
  description: 'A way on which notifications go out.',
  valuesConfig: {
    EMAIL: { description: 'Letters, by the server’s SMTP_URL. People have it without adding a channel.' },
    PUSH: { description: 'Push messages to an app, by Firebase Cloud Messaging.' },
    PUSHOVER: { description: 'The Pushover app.' },
    GOTIFY: { description: 'A Gotify server.' },
    NTFY: { description: 'A topic of ntfy.sh or of another ntfy server.' },
    TELEGRAM: { description: 'A Telegram chat with the server’s bot.' },
    DISCORD: { description: 'A channel of Discord, by its webhook.' },
    APPRISE: { description: 'An Apprise API server, and by it whatever Apprise reaches.' },
    WEBHOOK: { description: 'An address of one’s own, signed as Standard Webhooks say.' },
  },
});

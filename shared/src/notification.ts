/* What accounts, which knows how people want to be told, and integrations, which tells them, must agree on. */

export const languages = ['EN', 'SV', 'RU'] as const;
export type LanguageName = (typeof languages)[number];

export const notificationKinds = [
  'ORDER_RECEIVED',
  'ORDER_PLACED',
  'ORDER_CHANGED',
  'ORDER_CANCELLED',
  'DELIVERY_MARKED',
  'APPROVAL_REQUESTED',
  'STANDING_ORDER_FAILED',
  'PAYMENT_CHANGED',
  'INVOICE_MATCHED',
  'WEBHOOK_DISABLED',
  'PRICE_ALERT',
  'PRICE_PAGE_FAILING',
] as const;
export type NotificationKindName = (typeof notificationKinds)[number];

export const channelKinds = [
  'EMAIL',
  'PUSH',
  'PUSHOVER',
  'GOTIFY',
  'NTFY',
  'TELEGRAM',
  'DISCORD',
  'APPRISE',
  'WEBHOOK',
] as const;
export type ChannelKindName = (typeof channelKinds)[number];

export type DigestName = 'NONE' | 'HOURLY' | 'DAILY';

/** Whom a message may be for: `notificationRecipients` of accounts takes this, and answers `Recipients`. */
export interface RecipientsAsked {
  readonly organizationIds: readonly string[];
  readonly userIds: readonly string[];
  readonly staff: boolean;
}

/** A person who can be told, and how they want it. */
export interface RecipientUser {
  readonly id: string;
  readonly email: string | null;
  readonly isStaff: boolean;
  readonly language: LanguageName;
  /** IANA name, known to PostgreSQL too. */
  readonly timeZone: string;
  /** Local times of day, `HH:MM`; both or neither. */
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  readonly digest: DigestName;
  readonly digestAt: string;
  /** By kind of notification, the channels that they chose; all of them where they chose nothing. */
  readonly kinds: Readonly<Partial<Record<NotificationKindName, readonly ChannelKindName[]>>>;
  /** In the organisations that were asked for. */
  readonly memberships: readonly { readonly organizationId: string; readonly role: 'ADMIN' | 'MEMBER' }[];
}

export interface Recipients {
  readonly users: readonly RecipientUser[];
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
}

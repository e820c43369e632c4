import { timingSafeEqual } from 'node:crypto';
import type { LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import type { UserError } from '@gastronom/shared/user-error.type';
import { newSigningSecret } from './channel-tools.ts';
import type { NotificationChannelEntity } from './notification-channel.entity.ts';
import type { Target } from './target.ts';

export interface NewChannel {
  readonly name: string;
  readonly forOrganization?: boolean | null;
  readonly target: object;
  readonly kinds?: NotificationKindName[] | null;
  readonly language?: LanguageName | null;
}

export interface ChannelChange {
  readonly id: string;
  readonly name?: string | null;
  readonly target?: object | null;
  readonly enabled?: boolean | null;
  readonly kinds?: NotificationKindName[] | null;
  readonly language?: LanguageName | null;
}

export interface ChannelAnswer {
  readonly channel: NotificationChannelEntity | null;
  readonly signingSecret?: string | null;
  readonly userErrors: UserError[];
}

/** What the audit log says of a channel: neither where it leads nor what its owner calls it. */
export const told = ({ kind, ownerKind, ownerId, status, kinds, language }: NotificationChannelEntity) => ({
  kind,
  owner: `${ownerKind}:${ownerId}`,
  status,
  kinds,
  language,
});

export const subjectOf = (id: string) => ({ type: 'NotificationChannel', id });

export const isSame = (sent: string, given: string): boolean => {
  const [a, b] = [Buffer.from(sent), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** A webhook without a secret gets one, which is shown once. */
export function withSecret(target: Target): { readonly target: Target; readonly signingSecret: string | null } {
  if (target.kind !== 'WEBHOOK' || target.secret) return { target, signingSecret: null };
  const secret = newSigningSecret();
  return { target: { ...target, secret }, signingSecret: secret };
}

/** An address that was not confirmed is not switched on by hand. */
export function statusAfter(
  { status }: NotificationChannelEntity,
  { enabled }: ChannelChange,
  ofNew: 'ACTIVE' | 'UNCONFIRMED' | null,
): NotificationChannelEntity['status'] {
  const on = ofNew ?? (status === 'UNCONFIRMED' ? 'UNCONFIRMED' : 'ACTIVE');
  if (enabled === false) return status === 'UNCONFIRMED' || ofNew === 'UNCONFIRMED' ? 'UNCONFIRMED' : 'OFF';
  return enabled || ofNew ? on : status;
}

export const offReasonAfter = (before: NotificationChannelEntity, status: NotificationChannelEntity['status']) =>
  status === 'OFF' ? (before.offReason ?? 'Switched off by its owner.') : null;

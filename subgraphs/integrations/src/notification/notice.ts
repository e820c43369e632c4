import type { NotificationKindName, Recipients, RecipientUser } from '@gastronom/shared/notification';
import type { TextParams } from './texts/texts.ts';

/** For whom a notice is. */
export interface Audience {
  /** Members of these, or their ADMINs alone; and the organisations' own channels. */
  readonly organizationIds: readonly string[];
  readonly adminsOnly?: boolean;
  readonly userIds: readonly string[];
  /** Those who run the shop. */
  readonly staff: boolean;
  /** Who did it need not be told. */
  readonly except?: string | null;
}

/** One thing to be told to some people. */
export interface Notice {
  readonly kind: NotificationKindName;
  /** Tells apart what one event says several times. */
  readonly subjectId: string;
  /** Does not wait for quiet hours to end, nor for a digest. */
  readonly urgent: boolean;
  readonly audience: Audience;
  readonly params: TextParams;
}

/** Finds the name of an organisation that the event speaks of; null where it is not known. */
export type NameOf = (organizationId: string | null) => string | null;

/** What there is to be told of an event: whom it is asked about, and what is said when their names are known. */
export interface Notices {
  readonly organizationIds: readonly string[];
  readonly userIds: readonly string[];
  readonly staff: boolean;
  write(nameOf: NameOf): readonly Notice[];
}

export const nobody: Audience = { organizationIds: [], userIds: [], staff: false };

/** Everybody of whom the notices speak is asked for at once. */
export function notices(audiences: readonly Audience[], write: Notices['write']): Notices {
  return {
    organizationIds: [...new Set(audiences.flatMap(({ organizationIds }) => organizationIds))],
    userIds: [...new Set(audiences.flatMap(({ userIds }) => userIds))],
    staff: audiences.some(({ staff }) => staff),
    write,
  };
}

function isMeant({ adminsOnly, organizationIds, staff, userIds, except }: Audience, user: RecipientUser): boolean {
  if (user.id === except) return false;
  if (userIds.includes(user.id) || (staff && user.isStaff)) return true;
  return user.memberships.some(
    ({ organizationId, role }) => organizationIds.includes(organizationId) && (!adminsOnly || role === 'ADMIN'),
  );
}

/** The people of an audience, each once. */
export const peopleOf = (audience: Audience, { users }: Recipients): RecipientUser[] =>
  users.filter((user) => isMeant(audience, user));

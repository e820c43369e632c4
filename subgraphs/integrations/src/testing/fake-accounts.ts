import type { Recipients, RecipientsAsked, RecipientUser } from '@gastronom/shared/notification';
import { FakePeer } from './fake-peers.ts';

/** The people and organisations of a test, as accounts would tell of them. */
export class FakeAccounts extends FakePeer {
  readonly users = new Map<string, RecipientUser>();
  readonly organizations = new Map<string, string>();

  protected readonly answers = {
    notificationRecipients: ({ organizationIds, userIds, staff }: RecipientsAsked): Recipients => ({
      users: [...this.users.values()]
        .map((user) => ({
          ...user,
          memberships: user.memberships.filter(({ organizationId }) => organizationIds.includes(organizationId)),
        }))
        .filter(({ id, isStaff, memberships }) => userIds.includes(id) || (staff && isStaff) || memberships.length > 0),
      organizations: [...this.organizations]
        .filter(([id]) => organizationIds.includes(id))
        .map(([id, name]) => ({ id, name })),
    }),
  };

  /** Somebody who said nothing of how they want to be told, but for what is given. */
  add(id: string, person: Partial<RecipientUser> = {}): void {
    const base: RecipientUser = {
      id,
      email: null,
      isStaff: false,
      language: 'EN',
      timeZone: 'UTC',
      quietFrom: null,
      quietTo: null,
      digest: 'NONE',
      digestAt: '09:00',
      kinds: {},
      memberships: [],
    };
    this.users.set(id, { ...base, ...person });
  }
}

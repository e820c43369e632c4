import type { MembershipRole } from '@gastronom/shared/viewer';

/** Clerk's own role of those who run an organisation; whatever else a role there is called, its holder is a member. */
const clerkAdminRole = 'org:admin';

/** Session tokens of the second version name roles without their prefix. */
export const membershipRoleOf = (clerkRole: string): MembershipRole =>
  clerkRole === clerkAdminRole || clerkRole === 'admin' ? 'ADMIN' : 'MEMBER';

export const clerkRoleOf = (role: MembershipRole): string => (role === 'ADMIN' ? clerkAdminRole : 'org:member');

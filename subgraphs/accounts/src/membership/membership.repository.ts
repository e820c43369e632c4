import type { MembershipRole } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { MembershipEntity } from './membership.entity.ts';

/** Clerk's own role of those who run an organisation; whatever else a role there is called, its holder is a member. */
export const clerkAdminRole = 'org:admin';
export const clerkMemberRole = 'org:member';

export const membershipRoleOf = (clerkRole: string): MembershipRole =>
  clerkRole === clerkAdminRole || clerkRole === 'admin' ? 'ADMIN' : 'MEMBER';

export const clerkRoleOf = (role: MembershipRole): string => (role === 'ADMIN' ? clerkAdminRole : clerkMemberRole);

/** A membership as Clerk tells of it in an event. Person and organisation are known here already. */
export interface ClerkMembership {
  readonly userId: string;
  readonly organizationId: string;
  readonly clerkMembershipId: string;
  readonly clerkRole: string;
  /** Clerk's clock of it. */
  readonly at: Date;
}

export class MembershipRepository {
  readonly #memberships;

  constructor(manager: EntityManager) {
    this.#memberships = manager.getRepository(MembershipEntity);
  }

  /**
   * What Clerk's event says, unless a later one was applied; a membership that ended begins again only by a later one.
   * @returns whether it was applied.
   */
  async applyClerkMembership(membership: ClerkMembership): Promise<boolean> {
    const { userId, organizationId, clerkMembershipId, clerkRole, at } = membership;
    const rows: unknown[] = await this.#memberships.query(
      `INSERT INTO memberships AS m (user_id, organization_id, clerk_membership_id, clerk_role, role, clerk_updated_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (user_id, organization_id) DO UPDATE
       SET clerk_membership_id = excluded.clerk_membership_id, clerk_role = excluded.clerk_role, role = excluded.role,
         ended_at = NULL, clerk_updated_at = excluded.clerk_updated_at, updated_at = now(),
         created_at = CASE WHEN m.ended_at IS NULL THEN m.created_at ELSE now() END
       WHERE m.clerk_updated_at IS NULL OR m.clerk_updated_at < excluded.clerk_updated_at
         OR (m.clerk_updated_at = excluded.clerk_updated_at AND m.ended_at IS NULL)
       RETURNING id`,
      [userId, organizationId, clerkMembershipId, clerkRole, membershipRoleOf(clerkRole), at],
    );
    return rows.length > 0;
  }

  /**
   * Ends the membership, unless Clerk told of a later beginning. Where nobody knew it a row is made, so that what comes
   * late does not begin it.
   * @returns whether it was applied.
   */
  async endByClerk(membership: ClerkMembership): Promise<boolean> {
    const { userId, organizationId, clerkMembershipId, clerkRole, at } = membership;
    const rows: unknown[] = await this.#memberships.query(
      `INSERT INTO memberships AS m
         (user_id, organization_id, clerk_membership_id, clerk_role, role, ended_at, clerk_updated_at)
       VALUES ($1, $2, $3, $4, $5, now(), $6)
       ON CONFLICT (user_id, organization_id) DO UPDATE
       SET ended_at = coalesce(m.ended_at, now()), clerk_updated_at = excluded.clerk_updated_at, updated_at = now()
       WHERE m.clerk_updated_at IS NULL OR m.clerk_updated_at <= excluded.clerk_updated_at
       RETURNING id`,
      [userId, organizationId, clerkMembershipId, clerkRole, membershipRoleOf(clerkRole), at],
    );
    return rows.length > 0;
  }
}

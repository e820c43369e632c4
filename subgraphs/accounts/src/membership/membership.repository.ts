import type { MembershipRole } from '@gastronom/shared/viewer';
import { type EntityManager, IsNull } from 'typeorm';
import type { Place } from '../page-loaders.ts';
import { membershipRoleOf } from './clerk-role.ts';
import { MembershipEntity } from './membership.entity.ts';

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

  findById(id: string): Promise<MembershipEntity | null> {
    return this.#memberships.findOneBy({ id, endedAt: IsNull() });
  }

  find(userId: string, organizationId: string): Promise<MembershipEntity | null> {
    return this.#memberships.findOneBy({ userId, organizationId, endedAt: IsNull() });
  }

  /** Whether the organisation has an admin beside this person, who can sign in. */
  async hasOtherAdmin(organizationId: string, userId: string): Promise<boolean> {
    const rows: unknown[] = await this.#memberships.query(
      `SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id
       WHERE m.organization_id = $1 AND m.user_id <> $2 AND m.role = 'ADMIN' AND m.ended_at IS NULL
         AND u.deleted_at IS NULL AND u.banned_at IS NULL LIMIT 1`,
      [organizationId, userId],
    );
    return rows.length > 0;
  }

  /** Begins a membership, or begins again one that ended; one that stands keeps its role. */
  async begin(userId: string, organizationId: string, role: MembershipRole): Promise<MembershipEntity> {
    await this.#memberships.query(
      `INSERT INTO memberships AS m (user_id, organization_id, role) VALUES ($1, $2, $3)
       ON CONFLICT (user_id, organization_id) DO UPDATE
       SET role = excluded.role, ended_at = NULL, created_at = now(), updated_at = now() WHERE m.ended_at IS NOT NULL`,
      [userId, organizationId, role],
    );
    return this.#memberships.findOneByOrFail({ userId, organizationId });
  }

  update(
    membership: MembershipEntity,
    values: Partial<Pick<MembershipEntity, 'role' | 'clerkRole' | 'clerkUpdatedAt' | 'endedAt'>>,
  ): Promise<MembershipEntity> {
    return this.#memberships.save({ ...membership, ...values });
  }

  /** The memberships of people in organisations that are there, oldest first. */
  listOfUsers(userIds: readonly string[]): Promise<MembershipEntity[]> {
    return this.#memberships
      .createQueryBuilder('membership')
      .where('membership.userId = ANY(:userIds::uuid[]) AND membership.endedAt IS NULL', { userIds })
      .andWhere('EXISTS (SELECT FROM organizations o WHERE o.id = membership.organization_id AND o.deleted_at IS NULL)')
      .orderBy('membership.createdAt')
      .addOrderBy('membership.id')
      .getMany();
  }

  /** Of each organisation its oldest members, from behind the one at the cursor: one statement for them all. */
  listOfOrganizations(organizationIds: readonly string[], size: number, after?: Place): Promise<MembershipEntity[]> {
    return this.#memberships.query(
      `SELECT m.id, m.user_id AS "userId", m.organization_id AS "organizationId", m.role, m.created_at AS "createdAt",
         m.clerk_role AS "clerkRole", m.clerk_membership_id AS "clerkMembershipId", m.updated_at AS "updatedAt",
         m.ended_at AS "endedAt", m.clerk_updated_at AS "clerkUpdatedAt"
       FROM unnest($1::uuid[]) AS o (id)
       CROSS JOIN LATERAL (
         SELECT * FROM memberships WHERE organization_id = o.id AND ended_at IS NULL
           AND ($3::timestamptz IS NULL OR (created_at, id) > ($3, $4::uuid))
         ORDER BY created_at, id LIMIT $2
       ) m
       ORDER BY m.created_at, m.id`,
      [organizationIds, size, after?.moment ?? null, after?.id ?? null],
    );
  }

  async countOfOrganizations(organizationIds: readonly string[]): Promise<Map<string, number>> {
    const rows: { id: string; n: number }[] = await this.#memberships.query(
      `SELECT organization_id AS id, count(*)::int AS n FROM memberships
       WHERE organization_id = ANY($1::uuid[]) AND ended_at IS NULL GROUP BY 1`,
      [organizationIds],
    );
    return new Map(rows.map(({ id, n }) => [id, n]));
  }

  /** Those of the organisations of which this person is an ADMIN. */
  async listManaged(userId: string, organizationIds: readonly string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await this.#memberships.query(
      `SELECT organization_id AS id FROM memberships
       WHERE user_id = $1 AND organization_id = ANY($2::uuid[]) AND role = 'ADMIN' AND ended_at IS NULL`,
      [userId, organizationIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Those of the people who belong to an organisation of which this person is an admin. */
  async listAdministered(adminUserId: string, userIds: readonly string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await this.#memberships.query(
      `SELECT DISTINCT theirs.user_id AS id FROM memberships own
       JOIN organizations o ON o.id = own.organization_id AND o.deleted_at IS NULL
       JOIN memberships theirs ON theirs.organization_id = own.organization_id AND theirs.ended_at IS NULL
       WHERE own.user_id = $1 AND own.role = 'ADMIN' AND own.ended_at IS NULL AND theirs.user_id = ANY($2::uuid[])`,
      [adminUserId, userIds],
    );
    return new Set(rows.map(({ id }) => id));
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

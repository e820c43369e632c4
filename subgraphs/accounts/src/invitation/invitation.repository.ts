import type { EntityManager } from 'typeorm';
import { membershipRoleOf } from '../membership/clerk-role.ts';
import type { Place } from '../page-loaders.ts';
import { InvitationEntity, type InvitationStatus } from './invitation.entity.ts';

export type NewInvitation = Pick<InvitationEntity, 'organizationId' | 'email' | 'role' | 'status' | 'invitedByUserId'> &
  Partial<Pick<InvitationEntity, 'clerkInvitationId' | 'clerkUpdatedAt'>>;

/** An invitation as Clerk tells of it in an event. The organisation is known here already. */
export interface ClerkInvitation {
  readonly clerkInvitationId: string;
  readonly organizationId: string;
  readonly email: string;
  readonly clerkRole: string;
  readonly status: InvitationStatus;
  /** Clerk's clock of it. */
  readonly at: Date;
}

export class InvitationRepository {
  readonly #invitations;

  constructor(manager: EntityManager) {
    this.#invitations = manager.getRepository(InvitationEntity);
  }

  findById(id: string): Promise<InvitationEntity | null> {
    return this.#invitations.findOneBy({ id });
  }

  listPending(organizationId: string, email: string): Promise<InvitationEntity[]> {
    return this.#invitations.findBy({ organizationId, email, status: 'PENDING' });
  }

  /** Of each organisation its newest, from behind the one at the cursor: one statement for them all. */
  listOfOrganizations(organizationIds: readonly string[], size: number, after?: Place): Promise<InvitationEntity[]> {
    return this.#invitations.query(
      `SELECT i.id, i.organization_id AS "organizationId", i.email, i.role, i.status,
         i.clerk_invitation_id AS "clerkInvitationId", i.invited_by_user_id AS "invitedByUserId",
         i.created_at AS "createdAt", i.updated_at AS "updatedAt", i.clerk_updated_at AS "clerkUpdatedAt"
       FROM unnest($1::uuid[]) AS o (id)
       CROSS JOIN LATERAL (
         SELECT * FROM invitations WHERE organization_id = o.id
           AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
         ORDER BY created_at DESC, id DESC LIMIT $2
       ) i
       ORDER BY i.created_at DESC, i.id DESC`,
      [organizationIds, size, after?.moment ?? null, after?.id ?? null],
    );
  }

  async countOfOrganizations(organizationIds: readonly string[]): Promise<Map<string, number>> {
    const rows: { id: string; n: number }[] = await this.#invitations.query(
      `SELECT organization_id AS id, count(*)::int AS n FROM invitations
       WHERE organization_id = ANY($1::uuid[]) GROUP BY 1`,
      [organizationIds],
    );
    return new Map(rows.map(({ id, n }) => [id, n]));
  }

  /** Writes the invitation down; where Clerk's event of it came first, notes who invited. */
  async insert(invitation: NewInvitation): Promise<InvitationEntity> {
    const { organizationId, email, role, status, invitedByUserId } = invitation;
    const rows: { id: string }[] = await this.#invitations.query(
      `INSERT INTO invitations
         (organization_id, email, role, status, invited_by_user_id, clerk_invitation_id, clerk_updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (clerk_invitation_id) DO UPDATE SET invited_by_user_id = excluded.invited_by_user_id
       RETURNING id`,
      [
        organizationId,
        email,
        role,
        status,
        invitedByUserId,
        invitation.clerkInvitationId ?? null,
        invitation.clerkUpdatedAt ?? null,
      ],
    );
    return this.#invitations.findOneByOrFail({ id: rows[0]?.id ?? '' });
  }

  setStatus(invitation: InvitationEntity, status: InvitationStatus, clerkUpdatedAt: Date): Promise<InvitationEntity> {
    return this.#invitations.save({ ...invitation, status, clerkUpdatedAt });
  }

  /**
   * What Clerk's event says, unless a later one was applied; an invitation that was answered is not pending again.
   * @returns whether it was applied.
   */
  async applyClerkInvitation(invitation: ClerkInvitation): Promise<boolean> {
    const { clerkInvitationId, organizationId, email, clerkRole, status, at } = invitation;
    const rows: unknown[] = await this.#invitations.query(
      `INSERT INTO invitations AS i (clerk_invitation_id, organization_id, email, role, status, clerk_updated_at)
       VALUES ($1, $2, lower($3), $4, $5, $6)
       ON CONFLICT (clerk_invitation_id) DO UPDATE
       SET status = excluded.status, role = excluded.role, clerk_updated_at = excluded.clerk_updated_at, updated_at = now()
       WHERE (i.clerk_updated_at IS NULL OR i.clerk_updated_at <= excluded.clerk_updated_at)
         AND (i.status = 'PENDING' OR excluded.status <> 'PENDING')
       RETURNING id`,
      [clerkInvitationId, organizationId, email, membershipRoleOf(clerkRole), status, at],
    );
    return rows.length > 0;
  }
}

import type { MembershipRole, OrganizationType, Role } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { SessionEntity } from './session.entity.ts';

/** What a token names: a person, a session, an organisation, by Clerk's ids. */
export interface TokenIdentity {
  readonly clerkUserId: string;
  readonly sessionId?: string | null | undefined;
  readonly clerkOrganizationId?: string | null | undefined;
}

/** All that is known of who comes with a token, as one statement finds it. */
export interface SignInRow {
  readonly userId: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly role: Role;
  /** Deleted, banned, or the session is over. */
  readonly refused: boolean;
  /** Whether the session is recorded, with the organisation that the token names. */
  readonly recorded: boolean;
  readonly organizationId: string | null;
  readonly organizationType: OrganizationType;
  readonly organizationRole: MembershipRole;
}

export class SessionRepository {
  readonly #sessions;

  constructor(manager: EntityManager) {
    this.#sessions = manager.getRepository(SessionEntity);
  }

  /** On the path of every request: across rooms, so that it is one statement. */
  async findSignIn({ clerkUserId, sessionId, clerkOrganizationId }: TokenIdentity): Promise<SignInRow | null> {
    const rows: SignInRow[] = await this.#sessions.query(
      `SELECT u.id AS "userId", u.email, u.name, u.role,
         u.deleted_at IS NOT NULL OR u.banned_at IS NOT NULL OR s.ended_at IS NOT NULL AS refused,
         s.id IS NOT NULL AND s.named_organization IS NOT DISTINCT FROM $3 AS recorded,
         acting.id AS "organizationId", acting.type AS "organizationType", acting.role AS "organizationRole"
       FROM users u
       LEFT JOIN sessions s ON s.id = $2
       LEFT JOIN LATERAL (
         SELECT o.id, o.type, m.role FROM organizations o
         JOIN memberships m ON m.organization_id = o.id AND m.user_id = u.id AND m.ended_at IS NULL
         WHERE o.deleted_at IS NULL AND o.type IS NOT NULL
           AND o.id = CASE WHEN s.switched_at IS NOT NULL AND s.named_organization IS NOT DISTINCT FROM $3
             THEN s.organization_id
             ELSE (SELECT id FROM organizations WHERE clerk_organization_id = $3) END
       ) acting ON true
       WHERE u.clerk_user_id = $1`,
      [clerkUserId, sessionId ?? null, clerkOrganizationId ?? null],
    );
    return rows[0] ?? null;
  }

  /** Notes the session, and what its token names: where that is another than before, what was chosen falls. */
  async record({ clerkUserId, sessionId, clerkOrganizationId }: TokenIdentity): Promise<void> {
    await this.#sessions.query(
      `INSERT INTO sessions AS s (id, user_id, named_organization)
       SELECT $2, id, $3 FROM users WHERE clerk_user_id = $1
       ON CONFLICT (id) DO UPDATE
       SET named_organization = excluded.named_organization, organization_id = NULL, switched_at = NULL
       WHERE s.named_organization IS DISTINCT FROM excluded.named_organization`,
      [clerkUserId, sessionId, clerkOrganizationId ?? null],
    );
  }

  /**
   * Notes in a session that goes on whom its person chose to act for, until its tokens name another organisation.
   * @returns whether there was such a session.
   */
  async choose(sessionId: string, userId: string, organizationId: string | null): Promise<boolean> {
    const { affected } = await this.#sessions
      .createQueryBuilder()
      .update()
      .set({ organizationId, switchedAt: () => 'now()' })
      .where('id = :sessionId AND user_id = :userId AND ended_at IS NULL', { sessionId, userId })
      .execute();
    return affected === 1;
  }

  /** Ends a session for ever, also one that nobody has seen yet: its tokens are good for a while longer. */
  async end(sessionId: string, clerkUserId: string): Promise<void> {
    await this.#sessions.query(
      `INSERT INTO sessions AS s (id, user_id, ended_at)
       VALUES ($1, (SELECT id FROM users WHERE clerk_user_id = $2), now())
       ON CONFLICT (id) DO UPDATE SET ended_at = now() WHERE s.ended_at IS NULL`,
      [sessionId, clerkUserId],
    );
  }

  /** Deletes sessions that ended, or began, before those moments. */
  async deleteOld(endedBefore: Date, begunBefore: Date): Promise<void> {
    await this.#sessions.query('DELETE FROM sessions WHERE ended_at < $1 OR created_at < $2', [
      endedBefore,
      begunBefore,
    ]);
  }
}

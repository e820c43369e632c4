import type { OrganizationType } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { OrganizationEntity } from './organization.entity.ts';

/** An organisation as Clerk tells of it in an event. */
export interface ClerkOrganization {
  readonly clerkOrganizationId: string;
  readonly name: string;
  readonly slug: string | null;
  readonly imageUrl: string | null;
  /** From its public metadata, which only backends write; the type that is known stays where they say none. */
  readonly type: OrganizationType | null;
  /** Clerk's clock of it. */
  readonly at: Date;
}

export class OrganizationRepository {
  readonly #organizations;

  constructor(manager: EntityManager) {
    this.#organizations = manager.getRepository(OrganizationEntity);
  }

  findByClerkId(clerkOrganizationId: string): Promise<OrganizationEntity | null> {
    return this.#organizations.findOneBy({ clerkOrganizationId });
  }

  /**
   * What Clerk's event says, unless a later one was applied, or the organisation is deleted.
   * @returns whether it was applied.
   */
  async applyClerkOrganization(organization: ClerkOrganization): Promise<boolean> {
    const { clerkOrganizationId, name, slug, imageUrl, type, at } = organization;
    const rows: unknown[] = await this.#organizations.query(
      `INSERT INTO organizations AS o (clerk_organization_id, name, slug, image_url, type, clerk_updated_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (clerk_organization_id) DO UPDATE
       SET name = excluded.name, slug = excluded.slug, image_url = excluded.image_url,
         type = coalesce(excluded.type, o.type), clerk_updated_at = excluded.clerk_updated_at, updated_at = now()
       WHERE o.deleted_at IS NULL AND (o.clerk_updated_at IS NULL OR o.clerk_updated_at <= excluded.clerk_updated_at)
       RETURNING id`,
      [clerkOrganizationId, name, slug, imageUrl, type, at],
    );
    return rows.length > 0;
  }

  /**
   * Deletes it, for ever. Of one that nobody knew a row is made, so that what comes late makes no other.
   * @returns the ids at Clerk of those who were its members at that moment.
   */
  async deleteByClerkId(clerkOrganizationId: string, at: Date): Promise<string[]> {
    const rows: { clerkUserId: string }[] = await this.#organizations.query(
      `WITH gone AS (
         INSERT INTO organizations AS o (clerk_organization_id, name, deleted_at, clerk_updated_at)
         VALUES ($1, '', now(), $2)
         ON CONFLICT (clerk_organization_id) DO UPDATE
         SET deleted_at = coalesce(o.deleted_at, now()), clerk_updated_at = $2, updated_at = now()
         RETURNING id
       )
       SELECT u.clerk_user_id AS "clerkUserId" FROM gone
       JOIN memberships m ON m.organization_id = gone.id AND m.ended_at IS NULL JOIN users u ON u.id = m.user_id`,
      [clerkOrganizationId, at],
    );
    return rows.map(({ clerkUserId }) => clerkUserId);
  }
}

import { containing } from '@gastronom/shared/storable-text';
import type { OrganizationType } from '@gastronom/shared/viewer';
import { type EntityManager, In, IsNull } from 'typeorm';
import type { Reader } from '../reader.ts';
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

const hasMember = `EXISTS (SELECT FROM memberships m
  WHERE m.organization_id = organization.id AND m.user_id = :userId AND m.ended_at IS NULL)`;

export interface OrganizationSearch {
  readonly type?: OrganizationType | null | undefined;
  readonly text?: string | null | undefined;
}

/** What of an organisation is made or changed. */
export type OrganizationValues = Partial<
  Pick<OrganizationEntity, 'clerkOrganizationId' | 'type' | 'name' | 'slug' | 'clerkUpdatedAt' | 'deletedAt'>
>;

export class OrganizationRepository {
  readonly #organizations;

  constructor(manager: EntityManager) {
    this.#organizations = manager.getRepository(OrganizationEntity);
  }

  listByIds(ids: readonly string[]): Promise<OrganizationEntity[]> {
    return this.#organizations.findBy({ id: In([...ids]) });
  }

  /** Those of the ids that the reader may see: a stranger's is as if it did not exist. */
  listVisible(ids: readonly string[], { all, userId }: Reader): Promise<OrganizationEntity[]> {
    const query = this.#organizations
      .createQueryBuilder('organization')
      .where('organization.id = ANY(:ids::uuid[]) AND organization.deletedAt IS NULL', { ids });
    if (!all) query.andWhere(hasMember, { userId });
    return query.getMany();
  }

  /** The newest first, from behind the one at the cursor. */
  list(
    search: OrganizationSearch,
    size: number,
    after?: { moment: string; id: string },
  ): Promise<OrganizationEntity[]> {
    const query = this.#search(search)
      .orderBy('organization.createdAt', 'DESC')
      .addOrderBy('organization.id', 'DESC')
      .take(size);
    if (after) query.andWhere('(organization.createdAt, organization.id) < (:moment::timestamptz, :id::uuid)', after);
    return query.getMany();
  }

  count(search: OrganizationSearch): Promise<number> {
    return this.#search(search).getCount();
  }

  #search({ type, text }: OrganizationSearch) {
    const query = this.#organizations.createQueryBuilder('organization').where('organization.deletedAt IS NULL');
    if (type) query.andWhere('organization.type = :type', { type });
    if (text) query.andWhere('organization.name ILIKE :like', { like: containing(text) });
    return query;
  }

  /** Locked until the transaction ends: who changes its members waits for whoever does. */
  lock(id: string): Promise<OrganizationEntity | null> {
    return this.#organizations.findOne({
      where: { id, deletedAt: IsNull() },
      lock: { mode: 'for_no_key_update' },
    });
  }

  /** Makes it; where Clerk's event of it came first, the row that is there takes the values. */
  async insert(values: OrganizationValues & { name: string; type: OrganizationType }): Promise<OrganizationEntity> {
    const { clerkOrganizationId = null, name, type, slug = null, clerkUpdatedAt = null } = values;
    const rows: { id: string }[] = await this.#organizations.query(
      `INSERT INTO organizations (clerk_organization_id, name, type, slug, clerk_updated_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (clerk_organization_id) DO UPDATE SET type = excluded.type, updated_at = now() RETURNING id`,
      [clerkOrganizationId, name, type, slug, clerkUpdatedAt],
    );
    return this.#organizations.findOneByOrFail({ id: rows[0]?.id ?? '' });
  }

  update(organization: OrganizationEntity, values: OrganizationValues): Promise<OrganizationEntity> {
    return this.#organizations.save({ ...organization, ...values });
  }

  /** The ids at Clerk of its members. */
  async listMembersClerkIds(organizationId: string): Promise<string[]> {
    const rows: { clerkUserId: string }[] = await this.#organizations.query(
      `SELECT u.clerk_user_id AS "clerkUserId" FROM memberships m JOIN users u ON u.id = m.user_id
       WHERE m.organization_id = $1 AND m.ended_at IS NULL`,
      [organizationId],
    );
    return rows.map(({ clerkUserId }) => clerkUserId);
  }

  findByClerkId(clerkOrganizationId: string): Promise<OrganizationEntity | null> {
    return this.#organizations.findOneBy({ clerkOrganizationId });
  }

  /**
   * What Clerk's event says, unless a later one was applied. One that is deleted stays so, under the last name it had.
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
       WHERE o.clerk_updated_at IS NULL OR o.clerk_updated_at <= excluded.clerk_updated_at
       RETURNING id`,
      [clerkOrganizationId, name, slug, imageUrl, type, at],
    );
    return rows.length > 0;
  }

  /**
   * Deletes it, for ever. Of one that nobody knew a row is made, so that what comes late makes no other.
   * @returns the ids at Clerk of those who were its members at that moment.
   */
  async deleteByClerkId(clerkOrganizationId: string): Promise<string[]> {
    const rows: { clerkUserId: string }[] = await this.#organizations.query(
      `WITH gone AS (
         INSERT INTO organizations AS o (clerk_organization_id, name, deleted_at) VALUES ($1, '', now())
         ON CONFLICT (clerk_organization_id) DO UPDATE
         SET deleted_at = coalesce(o.deleted_at, now()), updated_at = now()
         RETURNING id
       )
       SELECT u.clerk_user_id AS "clerkUserId" FROM gone
       JOIN memberships m ON m.organization_id = gone.id AND m.ended_at IS NULL JOIN users u ON u.id = m.user_id`,
      [clerkOrganizationId],
    );
    return rows.map(({ clerkUserId }) => clerkUserId);
  }
}

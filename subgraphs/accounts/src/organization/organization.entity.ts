import type { OrganizationType } from '@gastronom/shared/viewer';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

/** A shop, a restaurant or a supplier; mirrored at Clerk where Clerk is used. */
@Entity('organizations')
export class OrganizationEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Clerk's id of it, `org_…`: what session tokens name. */
  @Column('text', { nullable: true, unique: true })
  clerkOrganizationId!: string | null;

  /** Null while nobody has said what it is; nobody can act for it then. */
  @Column('text', { nullable: true })
  type!: OrganizationType | null;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  slug!: string | null;

  @Column('text', { nullable: true })
  imageUrl!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;

  /** Clerk's clock of what this row says. */
  @Column('timestamptz', { nullable: true })
  clerkUpdatedAt!: Date | null;
}

import type { MembershipRole } from '@gastronom/shared/viewer';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

/** A person's place in an organisation. One that ended stays, with the time of its end. */
@Entity('memberships')
export class MembershipEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  userId!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('text')
  role!: MembershipRole;

  /** The role as Clerk names it, `org:admin`. */
  @Column('text', { nullable: true })
  clerkRole!: string | null;

  @Column('text', { nullable: true })
  clerkMembershipId!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  /** Clerk's clock of what this row says. */
  @Column('timestamptz', { nullable: true })
  clerkUpdatedAt!: Date | null;
}

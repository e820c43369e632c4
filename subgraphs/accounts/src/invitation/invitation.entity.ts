import type { MembershipRole } from '@gastronom/shared/viewer';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

export const invitationStatuses = ['PENDING', 'ACCEPTED', 'REVOKED', 'EXPIRED'] as const;
export type InvitationStatus = (typeof invitationStatuses)[number];

/** Somebody was asked to join an organisation. Clerk sends the letter. */
@Entity('invitations')
export class InvitationEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  organizationId!: string;

  /** In small letters. */
  @Column('text')
  email!: string;

  @Column('text')
  role!: MembershipRole;

  @Column('text')
  status!: InvitationStatus;

  /** Clerk's id of it, `orginv_…`. */
  @Column('text', { nullable: true, unique: true })
  clerkInvitationId!: string | null;

  @Column('uuid', { nullable: true })
  invitedByUserId!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;

  /** Clerk's clock of what this row says. */
  @Column('timestamptz', { nullable: true })
  clerkUpdatedAt!: Date | null;
}

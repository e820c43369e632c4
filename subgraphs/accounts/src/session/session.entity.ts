import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A session at Clerk, and the organisation that the person chose in it. */
@Entity('sessions')
export class SessionEntity {
  /** Clerk's id of it, `sess_…`. */
  @PrimaryColumn('text')
  id!: string;

  /** Null where the session ended before its person was first seen. */
  @Column('uuid', { nullable: true })
  userId!: string | null;

  /** The organisation, by Clerk's id, that the session's tokens name. */
  @Column('text', { nullable: true })
  namedOrganization!: string | null;

  /** When the person chose by `switchOrganization`; the choice falls when tokens name another. */
  @Column('timestamptz', { nullable: true })
  switchedAt!: Date | null;

  /** What was chosen; null for nobody but oneself. */
  @Column('uuid', { nullable: true })
  organizationId!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;
}

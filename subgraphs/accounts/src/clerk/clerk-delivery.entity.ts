import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** `STALE`: something later was applied before. `IGNORED`: nothing here hangs on such events. */
export type ClerkDeliveryOutcome = 'APPLIED' | 'STALE' | 'IGNORED' | 'FAILED';

/** A message of Clerk's webhook, and what became of it. */
@Entity('clerk_deliveries')
export class ClerkDeliveryEntity {
  /** The message's `svix-id`. */
  @PrimaryColumn('text')
  id!: string;

  /** Of the event, as `user.created`. */
  @Column('text')
  type!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  receivedAt!: Date;

  @Column('text')
  outcome!: ClerkDeliveryOutcome;

  /** Why it could not be read. */
  @Column('text', { nullable: true })
  failure!: string | null;
}

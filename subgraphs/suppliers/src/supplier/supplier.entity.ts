import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

/** Until when an order may be cancelled by who placed it. */
export const cancelRules = ['CUT_OFF', 'CONFIRMED', 'SHIPPED'] as const;
export type CancelRuleName = (typeof cancelRules)[number];

/** The shop itself, made by the first migration. */
export const houseId = '00000000-0000-7000-8000-000000000001';

/** Who sells: an organization of the type SUPPLIER, or the shop itself. */
@Entity('suppliers')
export class SupplierEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Null for the house as long as nobody has named the shop's organization. */
  @Column('uuid', { nullable: true, unique: true })
  organizationId!: string | null;

  @Column('boolean')
  isHouse!: boolean;

  @Column('text')
  name!: string;

  /** ISO 4217: all its prices and minimums are in it. */
  @Column('text')
  currency!: string;

  /** IANA name, as `Europe/Stockholm`: of its cut-offs and delivery windows. */
  @Column('text')
  timeZone!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text', { nullable: true })
  phone!: string | null;

  @Column('text', { nullable: true })
  websiteUrl!: string | null;

  /** Whether it trades at all. */
  @Column('boolean')
  isActive!: boolean;

  /** Per cent: of offers that do not say. */
  @Column({ type: 'numeric', precision: 5, scale: 2 })
  taxRate!: string;

  @Column('boolean')
  taxIncluded!: boolean;

  @Column({ type: 'numeric', precision: 14, scale: 2, nullable: true })
  minimumAmount!: string | null;

  /** Whether less than the minimum is refused, or only remarked on. */
  @Column('boolean')
  minimumIsHard!: boolean;

  @Column({ type: 'numeric', precision: 14, scale: 2, nullable: true })
  deliveryFee!: string | null;

  @Column({ type: 'numeric', precision: 14, scale: 2, nullable: true })
  deliveryFreeFrom!: string | null;

  /** How many days before a delivery its orders close. */
  @Column('int')
  cutOffDays!: number;

  /** At what local time. */
  @Column('time')
  cutOffTime!: string;

  @Column('text')
  cancelUntil!: CancelRuleName;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}

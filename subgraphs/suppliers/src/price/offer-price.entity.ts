import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Whom a price is for, the least specific first. */
export const priceScopes = ['LIST', 'GROUP', 'CUSTOMER'] as const;
export type PriceScopeName = (typeof priceScopes)[number];

/** One price of one offer: for all, a group of customers, or one customer; from a quantity on, and for a time. */
@Entity('offer_prices')
export class OfferPriceEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  offerId!: string;

  @Column('text')
  scope!: PriceScopeName;

  @Column('uuid', { nullable: true })
  groupId!: string | null;

  /** The customer. */
  @Column('uuid', { nullable: true })
  organizationId!: string | null;

  /** In packs. */
  @Column({ type: 'numeric', precision: 14, scale: 3 })
  fromQuantity!: string;

  /** Of one pack, in the supplier's currency. */
  @Column({ type: 'numeric', precision: 14, scale: 4 })
  amount!: string;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  validFrom!: Date | null;

  /** The first moment at which it does not hold any more. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  validUntil!: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}

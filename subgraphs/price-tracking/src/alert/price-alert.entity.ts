import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

export const priceAlertKinds = [
  'BELOW_TARGET',
  'DROP_PERCENT',
  'LOWEST_IN_DAYS',
  'ANY_CHANGE',
  'BACK_IN_STOCK',
] as const;
export type PriceAlertKindName = (typeof priceAlertKinds)[number];

export const priceAlertScopes = ['ANY_URL', 'PRIMARY_URL'] as const;
export type PriceAlertScopeName = (typeof priceAlertScopes)[number];

/** When the owner of a tracked product wants to be told of its price. */
@Entity('price_alerts')
export class PriceAlertEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  ownerId!: string;

  @Column('uuid')
  productId!: string;

  @Column('text')
  kind!: PriceAlertKindName;

  @Column('text')
  scope!: PriceAlertScopeName;

  /** Of `BELOW_TARGET`: null for the product’s own. */
  @Column({ type: 'numeric', precision: 18, scale: 4, nullable: true })
  targetPrice!: string | null;

  @Column('text', { nullable: true })
  targetCurrency!: string | null;

  @Column({ type: 'numeric', precision: 5, scale: 2, nullable: true })
  percent!: string | null;

  /** Of `DROP_PERCENT`: null for a drop against what was asked before. */
  @Column('int', { nullable: true })
  days!: number | null;

  @Column('boolean')
  isEnabled!: boolean;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  snoozedFrom!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  snoozedUntil!: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}

import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { PriceAlertKindName } from './price-alert.entity.ts';

/** A rule whose condition came about on a page, and what was told of it. */
@Entity('raised_price_alerts')
export class RaisedPriceAlertEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @Column('uuid')
  alertId!: string;

  @Column('uuid')
  ownerId!: string;

  @Column('uuid')
  productId!: string;

  @Column('uuid')
  urlId!: string;

  @Column('text')
  kind!: PriceAlertKindName;

  @Column({ type: 'numeric', precision: 18, scale: 4 })
  price!: string;

  @Column('text')
  currency!: string;

  @Column({ type: 'numeric', precision: 18, scale: 4, nullable: true })
  previousPrice!: string | null;

  /** What the price was held against: the target, the highest, or the lowest before. */
  @Column({ type: 'numeric', precision: 18, scale: 4, nullable: true })
  referencePrice!: string | null;

  @Column('int', { nullable: true })
  days!: number | null;

  @Column({ type: 'timestamptz', precision: 3 })
  raisedAt!: Date;
}

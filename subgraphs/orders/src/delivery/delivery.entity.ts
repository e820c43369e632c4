import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { DeliveryStatus } from '../supplier-order/transitions.ts';

/** Whose people told of a delivery. */
export type DeliveryTeller = 'BUYER' | 'SUPPLIER' | 'STAFF';

/** What arrived of a supplier's order at one time, as it was told last. */
@Entity('deliveries')
export class DeliveryEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  supplierOrderId!: string;

  @Column('integer')
  number!: number;

  @Column('text')
  status!: DeliveryStatus;

  @Column('integer')
  revision!: number;

  @Column({ type: 'timestamptz', precision: 3 })
  deliveredAt!: Date;

  @Column('boolean')
  complete!: boolean;

  @Column('text', { nullable: true })
  temperatureNote!: string | null;

  @Column('text', { nullable: true })
  signedBy!: string | null;

  @Column('text', { nullable: true })
  note!: string | null;

  @Column('text', { array: true })
  photos!: string[];

  @Column('text')
  currency!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  goodsAmount!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  taxAmount!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  totalAmount!: string;

  @Column('text')
  markedBy!: string;

  @Column('text')
  markedFor!: DeliveryTeller;

  @Column({ type: 'timestamptz', precision: 3 })
  markedAt!: Date;

  @Column('text')
  idempotencyKey!: string;

  @Column('text')
  fingerprint!: string;
}

/** What arrived of one line. Quantities are packs. */
@Entity('delivery_lines')
export class DeliveryLineEntity {
  @PrimaryColumn('uuid')
  deliveryId!: string;

  @PrimaryColumn('uuid')
  lineId!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3 })
  receivedQuantity!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3 })
  damagedQuantity!: string;

  /** In base units, of goods whose price goes by what they really weigh. */
  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  weight!: string | null;

  @Column('text', { nullable: true })
  note!: string | null;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  goodsAmount!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  taxAmount!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  totalAmount!: string;
}

/** A delivery as it was told at one time. */
@Entity('delivery_revisions')
export class DeliveryRevisionEntity {
  @PrimaryColumn('uuid')
  deliveryId!: string;

  @PrimaryColumn('integer')
  revision!: number;

  @Column('text')
  markedBy!: string;

  @Column('text')
  markedFor!: DeliveryTeller;

  @Column({ type: 'timestamptz', precision: 3 })
  markedAt!: Date;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('jsonb')
  told!: { readonly deliveredAt: string; readonly lines: readonly ToldLine[] };

  @Column('text')
  idempotencyKey!: string;

  @Column('text')
  fingerprint!: string;
}

/** A line as a revision told of it. */
export interface ToldLine {
  readonly lineId: string;
  readonly received: string;
  readonly damaged: string;
  readonly weight: string | null;
}

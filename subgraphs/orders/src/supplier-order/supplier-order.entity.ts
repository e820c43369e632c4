import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

export type SupplierOrderStatus =
  | 'PENDING'
  | 'REFUSED'
  | 'PLACED'
  | 'CONFIRMED'
  | 'PARTLY_CONFIRMED'
  | 'REJECTED'
  | 'SHIPPED'
  | 'DELIVERED'
  | 'PARTLY_DELIVERED'
  | 'CANCELLED';

/** Until when the buyer may cancel without being asked why: the cut-off, or the supplier's next step. */
export type CancelUntil = 'CUT_OFF' | 'CONFIRMED' | 'SHIPPED';

/** Whether the supplier may send something else for what it lacks. */
export type Substitution = 'ALLOW' | 'ASK' | 'REFUSE';

/** The part of an order that one supplier delivers. What it says of the supplier and its terms is as it was then. */
@Entity('supplier_orders')
export class SupplierOrderEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  orderId!: string;

  @Column('text')
  number!: string;

  @Column('uuid')
  supplierId!: string;

  @Column('uuid', { nullable: true })
  supplierOrganizationId!: string | null;

  @Column('boolean')
  isHouse!: boolean;

  @Column('text')
  supplierName!: string;

  @Column('text')
  status!: SupplierOrderStatus;

  @Column('integer')
  version!: number;

  @Column('date', { nullable: true })
  deliverOn!: string | null;

  @Column('time', { nullable: true })
  deliverFrom!: string | null;

  @Column('time', { nullable: true })
  deliverTo!: string | null;

  @Column('text')
  timeZone!: string;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  cutOffAt!: Date | null;

  @Column('text')
  cancelUntil!: CancelUntil;

  @Column('text')
  currency!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  goodsAmount!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  deliveryAmount!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  taxAmount!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  totalAmount!: string;

  @Column('text')
  substitution!: Substitution;

  @Column('text', { nullable: true })
  note!: string | null;

  /** The part whose rest this one delivers later. */
  @Column('uuid', { nullable: true })
  backOrderOf!: string | null;

  @Column('text', { nullable: true })
  trackingNote!: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  placedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  confirmedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  shippedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  deliveredAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  cancelledAt!: Date | null;
}

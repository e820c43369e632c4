import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';
import type { BuyerKind } from './buyer.ts';

export type OrderStatus =
  | 'PLACING'
  | 'AWAITING_APPROVAL'
  | 'AWAITING_PAYMENT'
  | 'PLACED'
  | 'COMPLETED'
  | 'CANCELLED'
  | 'REFUSED';
export type PaymentMethod = 'INVOICE' | 'CARD';

/** Why an order was refused. */
export type OrderRefusal = 'NOT_RESERVED' | 'DECLINED' | 'APPROVAL_EXPIRED' | 'NOT_PAID' | 'NOT_PLACED';

/** What an order was made of: what lay in the cart then, or a standing order's lines. */
export type OrderSource = 'CART' | 'STANDING';

/** What a buyer placed at once: a part for each supplier. Amounts are decimal strings of its currency. */
@Entity('orders')
export class OrderEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text', insert: false })
  number!: string;

  @Column('text')
  status!: OrderStatus;

  @Column('text')
  buyerKind!: BuyerKind;

  @Column('uuid')
  buyerId!: string;

  @Column('text', { nullable: true })
  buyerName!: string | null;

  @Column('uuid', { nullable: true })
  placedBy!: string | null;

  @Column('text')
  source!: OrderSource;

  @Column('boolean')
  allOrNothing!: boolean;

  @Column('text', { nullable: true })
  refusal!: OrderRefusal | null;

  @Column({ type: 'numeric', precision: 19, scale: 4, nullable: true })
  approvalLimit!: string | null;

  @Column('text')
  idempotencyKey!: string;

  @Column('text')
  fingerprint!: string;

  @Column('text')
  paymentMethod!: PaymentMethod;

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

  @Column('text', { nullable: true })
  note!: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  placedAt!: Date | null;
}

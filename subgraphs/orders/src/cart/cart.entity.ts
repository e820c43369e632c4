import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { BuyerKind } from '../order/buyer.ts';
import type { Substitution } from '../supplier-order/supplier-order.entity.ts';

/** What a buyer means to order. */
@Entity('carts')
export class CartEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  buyerKind!: BuyerKind;

  @Column('uuid')
  buyerId!: string;

  @Column('integer')
  version!: number;

  @Column('uuid', { nullable: true })
  placingOrderId!: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}

/** One offer in a cart. What it says of the offer is as it was when it was put in. */
@Entity('cart_lines')
export class CartLineEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  cartId!: string;

  @Column({ type: 'bigint', insert: false, update: false })
  place!: string;

  @Column('text')
  offerId!: string;

  @Column('uuid')
  supplierId!: string;

  @Column('text')
  supplierName!: string;

  @Column('text')
  name!: string;

  @Column('text')
  unit!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  priceAmount!: string;

  @Column('text')
  priceCurrency!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3 })
  quantity!: string;

  @Column('text', { nullable: true })
  note!: string | null;

  @Column('integer')
  version!: number;

  @Column('uuid')
  addedBy!: string;

  @Column('uuid')
  updatedBy!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}

/** What the buyer wants of one supplier in the cart. */
@Entity('cart_suppliers')
export class CartSupplierEntity {
  @PrimaryColumn('uuid')
  cartId!: string;

  @PrimaryColumn('uuid')
  supplierId!: string;

  @Column('date', { nullable: true })
  deliverOn!: string | null;

  @Column('time', { nullable: true })
  deliverFrom!: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  cutOffAt!: Date | null;

  @Column('text')
  substitution!: Substitution;

  @Column('text', { nullable: true })
  note!: string | null;
}

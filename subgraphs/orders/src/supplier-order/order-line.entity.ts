import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** How it stands with a good that the supplier proposed in place of another. */
export type SubstituteStatus = 'PROPOSED' | 'ACCEPTED' | 'DECLINED';

/** One good of a supplier's order, with name, price and tax as they were when it was placed. Quantities are packs. */
@Entity('order_lines')
export class OrderLineEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  supplierOrderId!: string;

  @Column('integer')
  position!: number;

  @Column('text')
  offerId!: string;

  @Column('text', { nullable: true })
  productSku!: string | null;

  @Column('text', { nullable: true })
  supplierSku!: string | null;

  @Column('text', { nullable: true })
  gtin!: string | null;

  @Column('text')
  name!: string;

  @Column('text')
  unit!: string;

  @Column('text')
  baseUnit!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3 })
  packSize!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3 })
  quantity!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  confirmedQuantity!: string | null;

  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  receivedQuantity!: string | null;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  priceAmount!: string;

  @Column({ type: 'numeric', precision: 5, scale: 2 })
  taxRate!: string;

  @Column('boolean')
  taxIncluded!: boolean;

  @Column('boolean')
  catchWeight!: boolean;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  goodsAmount!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  taxAmount!: string;

  @Column({ type: 'numeric', precision: 19, scale: 4 })
  totalAmount!: string;

  @Column('text', { nullable: true })
  refusal!: string | null;

  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  available!: string | null;

  /** Of the quantity, what stands in a back-order. */
  @Column({ type: 'numeric', precision: 14, scale: 3 })
  backOrderedQuantity!: string;

  /** Of what was received, what nobody can use. */
  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  damagedQuantity!: string | null;

  @Column('uuid', { nullable: true })
  substituteFor!: string | null;

  @Column('text', { nullable: true })
  substituteStatus!: SubstituteStatus | null;

  @Column('text', { nullable: true })
  note!: string | null;
}

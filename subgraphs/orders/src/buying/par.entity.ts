import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BuyerKind } from '../order/buyer.ts';

/** How many packs of an offer a buyer wants to have. */
@Entity('pars')
export class ParEntity {
  @PrimaryColumn('text')
  buyerKind!: BuyerKind;

  @PrimaryColumn('uuid')
  buyerId!: string;

  @PrimaryColumn('text')
  offerId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  unit!: string;

  @Column('text')
  supplierName!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3 })
  level!: string;

  @Column('uuid')
  updatedBy!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}

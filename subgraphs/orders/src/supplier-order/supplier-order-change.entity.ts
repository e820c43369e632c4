import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Party } from './party.ts';
import type { SupplierOrderStatus } from './supplier-order.entity.ts';

/** One step of a supplier's order. */
@Entity('supplier_order_changes')
export class SupplierOrderChangeEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('uuid')
  supplierOrderId!: string;

  @Column('text', { nullable: true })
  fromStatus!: SupplierOrderStatus | null;

  @Column('text')
  toStatus!: SupplierOrderStatus;

  @Column('text')
  actor!: string;

  /** On whose side the actor was. */
  @Column('text', { nullable: true })
  party!: Party | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;
}

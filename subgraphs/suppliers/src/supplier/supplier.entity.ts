import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

/** Who sells: an organization of the type SUPPLIER, or the shop itself. */
@Entity('suppliers')
export class SupplierEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Null for the house as long as nobody has named the shop's organization. */
  @Column('uuid', { nullable: true, unique: true })
  organizationId!: string | null;

  @Column('boolean')
  isHouse!: boolean;

  @Column('text')
  name!: string;

  /** ISO 4217: all its prices and minimums are in it. */
  @Column('text')
  currency!: string;

  /** IANA name, as `Europe/Stockholm`: of its cut-offs and delivery windows. */
  @Column('text')
  timeZone!: string;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}

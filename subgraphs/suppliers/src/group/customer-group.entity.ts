import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Customers of a supplier that have prices in common. */
@Entity('customer_groups')
export class CustomerGroupEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  supplierId!: string;

  @Column('text')
  name!: string;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}

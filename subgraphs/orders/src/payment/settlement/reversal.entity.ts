import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { units } from '../units-column.ts';

/** What is asked back of a supplier, of what it was sent. */
@Entity('payment_reversals')
export class ReversalEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  partId!: string;

  @Column({ type: 'bigint', transformer: units })
  amount!: bigint;

  @Column('text', { nullable: true })
  stripeId!: string | null;

  @Column('integer')
  try!: number;

  @Column('text', { nullable: true })
  failure!: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  triedAt!: Date | null;
}

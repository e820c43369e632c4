import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { BufferScope } from './buffer.entity.ts';

/** One change of one buffer. */
@Entity('buffer_changes')
export class BufferChangeEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('text')
  scope!: BufferScope;

  @Column('text')
  target!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  fromQuantity!: string | null;

  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  toQuantity!: string | null;

  @Column('text')
  actor!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}

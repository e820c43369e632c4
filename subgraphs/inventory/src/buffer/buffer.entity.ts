import { Column, Entity, PrimaryColumn } from 'typeorm';

export type BufferScope = 'GLOBAL' | 'CATEGORY' | 'PRODUCT';

/** How much of a good is kept back for the shop's shelves: everywhere, in a category, or of one product. */
@Entity('buffers')
export class BufferEntity {
  @PrimaryColumn('text')
  scope!: BufferScope;

  /** A category's id, a product's SKU, empty for the global buffer. */
  @PrimaryColumn('text')
  target!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3 })
  quantity!: string;

  @Column('text')
  updatedBy!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}

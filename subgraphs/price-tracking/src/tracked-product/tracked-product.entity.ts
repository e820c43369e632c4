import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

export const contentUnits = ['KG', 'L', 'PIECE'] as const;
export type ContentUnitName = (typeof contentUnits)[number];

/** What somebody watches the price of, in as many stores as they like. */
@Entity('tracked_products')
export class TrackedProductEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  ownerId!: string;

  @Column('text')
  name!: string;

  /** Made up for listings that a scrape found, as `MERC-m123`. */
  @Column('text', { nullable: true })
  sku!: string | null;

  @Column('text', { nullable: true })
  gtin!: string | null;

  @Column('text', { nullable: true })
  imageUrl!: string | null;

  @Column('text', { nullable: true })
  condition!: string | null;

  @Column('text', { nullable: true })
  size!: string | null;

  /** How much one piece holds, in `contentUnit`. */
  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  contentAmount!: string | null;

  @Column('text', { nullable: true })
  contentUnit!: ContentUnitName | null;

  @Column({ type: 'numeric', precision: 18, scale: 4, nullable: true })
  targetPrice!: string | null;

  @Column('text', { nullable: true })
  targetCurrency!: string | null;

  @Column('boolean')
  isFavourite!: boolean;

  @Column('text', { nullable: true })
  notes!: string | null;

  /** SKU of the catalogue’s goods that it is, as a person has confirmed. */
  @Column('text', { nullable: true })
  catalogueSku!: string | null;

  /** The same as its barcode suggests, until somebody confirms or rejects it. */
  @Column('text', { nullable: true })
  suggestedSku!: string | null;

  /** What somebody said that it is not: never suggested again. */
  @Column('text', { nullable: true })
  rejectedSku!: string | null;

  @Column('uuid', { nullable: true })
  linkedBy!: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  linkedAt!: Date | null;

  /** Linked by staff: its prices count as those of the market. */
  @Column('boolean')
  countsForMarket!: boolean;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}

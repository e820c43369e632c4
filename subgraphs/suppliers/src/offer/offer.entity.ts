import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

/** What a pack's contents are measured in. */
export type BaseUnitName = 'KILOGRAM' | 'LITRE' | 'PIECE';

/** Something that a supplier sells: goods of the catalogue, or an item of its own. */
@Entity('offers')
export class OfferEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  supplierId!: string;

  /** The supplier's own code: one offer for each. */
  @Column('text')
  supplierSku!: string;

  /** Null for an item that the catalogue does not know. */
  @Column('text', { nullable: true })
  productSku!: string | null;

  @Column('text', { nullable: true })
  gtin!: string | null;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  /** What is ordered, in the supplier's word. */
  @Column('text')
  unit!: string;

  @Column('text')
  baseUnit!: BaseUnitName;

  /** How many base units a pack has. */
  @Column({ type: 'numeric', precision: 14, scale: 3 })
  packSize!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3 })
  multiple!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3 })
  minimumQuantity!: string;

  @Column({ type: 'numeric', precision: 5, scale: 2 })
  taxRate!: string;

  @Column('boolean')
  taxIncluded!: boolean;

  @Column('boolean')
  catchWeight!: boolean;

  @Column('int')
  leadTimeDays!: number;

  @Column('boolean')
  isAvailable!: boolean;

  /** In packs; null where the supplier does not count. */
  @Column({ type: 'numeric', precision: 14, scale: 3, nullable: true })
  stock!: string | null;

  /** Until when `isAvailable` holds; the opposite after it. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  availabilityUntil!: Date | null;

  @Column('text', { nullable: true })
  imageUrl!: string | null;

  /** When the newest batch that spoke of it was read from its source. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  observedAt!: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;

  /** Offers are never deleted: orders point at them. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  removedAt!: Date | null;
}

export type Availability = Pick<OfferEntity, 'isAvailable' | 'availabilityUntil' | 'removedAt' | 'stock'>;

/** Whether it can be ordered at a moment, as far as its supplier says. */
export function isAvailableAt({ isAvailable, availabilityUntil, removedAt, stock }: Availability, at: Date): boolean {
  if (removedAt !== null || (stock !== null && Number(stock) <= 0)) return false;
  return availabilityUntil === null || at < availabilityUntil ? isAvailable : !isAvailable;
}

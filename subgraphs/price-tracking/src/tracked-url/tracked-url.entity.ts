import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What came of looking at a page. Only `OK` touches prices, history and alerts. */
export const checkOutcomes = ['OK', 'NO_PRICE', 'GONE', 'BLOCKED', 'FETCH_ERROR'] as const;
export type CheckOutcomeName = (typeof checkOutcomes)[number];

/** A page of a store that shows a tracked product. */
@Entity('tracked_urls')
export class TrackedUrlEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  ownerId!: string;

  @Column('uuid')
  productId!: string;

  @Column('uuid')
  storeId!: string;

  @Column('text')
  url!: string;

  /** In lower case, with its port where it has one: what politeness counts by. */
  @Column('text')
  host!: string;

  @Column('boolean')
  isPrimary!: boolean;

  @Column('boolean')
  isActive!: boolean;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /** Somebody waits for it: such pages go first. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  requestedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  lastCheckedAt!: Date | null;

  @Column('text', { nullable: true })
  lastOutcome!: CheckOutcomeName | null;

  @Column('text', { nullable: true })
  lastError!: string | null;

  /** Outcomes in a row that were not `OK`. */
  @Column('int')
  failures!: number;

  /** When the first of them was. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  failingSince!: Date | null;

  @Column('text', { nullable: true })
  etag!: string | null;

  @Column('text', { nullable: true })
  lastModified!: string | null;

  /** From here on: as last read with the outcome `OK`. */
  @Column('text', { nullable: true })
  title!: string | null;

  @Column({ type: 'numeric', precision: 18, scale: 4, nullable: true })
  price!: string | null;

  @Column({ type: 'numeric', precision: 18, scale: 4, nullable: true })
  oldPrice!: string | null;

  @Column('text', { nullable: true })
  currency!: string | null;

  @Column('text', { nullable: true })
  availability!: string | null;

  @Column('text', { nullable: true })
  seller!: string | null;

  @Column('text', { nullable: true })
  imageUrl!: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  pricedAt!: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}

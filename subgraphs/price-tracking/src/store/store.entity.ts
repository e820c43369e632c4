import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

/** How pages of a store are made readable before they are read. */
export const renderings = ['NONE', 'SERVICE', 'BROWSER'] as const;
export type RenderingName = (typeof renderings)[number];

/** Selectors by field of a page, in the order in which they are tried. */
export type StoreSelectors = Readonly<Record<string, readonly string[]>>;

/** A shop that somebody watches, and how its pages are read. */
@Entity('stores')
export class StoreEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** The user whose it is. */
  @Column('uuid')
  ownerId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  slug!: string;

  @Column('text', { nullable: true })
  websiteUrl!: string | null;

  /** BCP 47, as `en-US`. */
  @Column('text', { nullable: true })
  locale!: string | null;

  /** ISO 4217: of prices that do not say. */
  @Column('text', { nullable: true })
  currency!: string | null;

  @Column('jsonb')
  selectors!: StoreSelectors;

  @Column('text', { nullable: true })
  testUrl!: string | null;

  @Column('text', { nullable: true })
  notes!: string | null;

  /** Milliseconds between two requests to one of its hosts; null for the installation’s. */
  @Column('int', { nullable: true })
  delayMs!: number | null;

  /** Requests to one of its hosts at the same time; null for the installation’s. */
  @Column('int', { nullable: true })
  concurrency!: number | null;

  @Column('text')
  rendering!: RenderingName;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}

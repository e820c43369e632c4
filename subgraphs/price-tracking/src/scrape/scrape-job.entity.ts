import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const scrapeStatuses = ['QUEUED', 'RUNNING', 'DONE', 'FAILED'] as const;
export type ScrapeStatusName = (typeof scrapeStatuses)[number];

/** Reading a list of things for sale, page by page, and watching what it lists. */
@Entity('scrape_jobs')
export class ScrapeJobEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  ownerId!: string;

  /** The first page of the list, normalised. */
  @Column('text')
  url!: string;

  @Column('int')
  pages!: number;

  @Column('text')
  status!: ScrapeStatusName;

  /** Where the list goes on; null at its end. */
  @Column('text', { nullable: true })
  nextUrl!: string | null;

  @Column('int')
  pagesRead!: number;

  @Column('int')
  itemsFound!: number;

  @Column('int')
  itemsCreated!: number;

  @Column('int')
  itemsUpdated!: number;

  @Column('text', { nullable: true })
  errorCode!: string | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  startedAt!: Date | null;

  /** When it last got further. */
  @Column({ type: 'timestamptz', precision: 3 })
  movedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  finishedAt!: Date | null;
}

import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What a page asked at one moment: written when it changed, and once a day at least. */
@Entity('price_points')
export class PricePointEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @Column('uuid')
  urlId!: string;

  @Column('uuid')
  productId!: string;

  @Column({ type: 'numeric', precision: 18, scale: 4 })
  price!: string;

  @Column({ type: 'numeric', precision: 18, scale: 4, nullable: true })
  oldPrice!: string | null;

  @Column('text')
  currency!: string;

  @Column('text', { nullable: true })
  availability!: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  observedAt!: Date;
}

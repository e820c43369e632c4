import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One person’s mark on one product. */
@Entity('favourites')
export class FavouriteEntity {
  @PrimaryColumn('uuid')
  userId!: string;

  @PrimaryColumn('uuid')
  productId!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  addedAt!: Date;
}

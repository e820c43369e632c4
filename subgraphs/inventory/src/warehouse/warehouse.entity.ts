import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A place where goods lie. `bigint` comes out of PostgreSQL as a string. */
@Entity('warehouses')
export class WarehouseEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('text')
  name!: string;

  /** What 1C calls it. Compare through `external-id.ts`, never by hand. */
  @Column('text', { name: 'external_id_1c', unique: true })
  externalId!: string;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('boolean')
  isDefault!: boolean;

  /** When a finished snapshot last vouched for all stock of `completeSource` here. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  completeAsOf!: Date | null;

  @Column('text', { nullable: true })
  completeSource!: string | null;

  /** For how long a count is fresh here; null where the shop's usual time holds. */
  @Column({ type: 'numeric', precision: 9, scale: 3, nullable: true })
  freshMinutes!: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}

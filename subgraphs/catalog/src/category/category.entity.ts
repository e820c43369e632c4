import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

/** A node of the tree under which 1C files its goods. */
@Entity('categories')
export class CategoryEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid', { nullable: true })
  parentId!: string | null;

  @Column('text')
  name!: string;

  /** 1C's id of the group, when it was told. */
  @Column('text', { nullable: true, unique: true })
  externalId!: string | null;

  @Column('integer', { nullable: true })
  sortOrder!: number | null;

  /** Itself first, then its ancestors up to the root. */
  @Column('uuid', { array: true })
  pathIds!: string[];

  /** Names from the root down to its own. */
  @Column('text', { array: true })
  pathNames!: string[];

  @Column('text', { unique: true })
  pathHash!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}

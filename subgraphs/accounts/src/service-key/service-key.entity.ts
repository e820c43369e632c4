import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An API key of a machine. The secret itself is never stored. */
@Entity('service_keys')
export class ServiceKeyEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text', { array: true })
  scopes!: string[];

  /** The first characters of the key, by which people tell keys apart. */
  @Column('text')
  prefix!: string;

  /** SHA-256 of the whole key, hex: keys are 256 random bits, so that a slow hash would protect nothing more. */
  @Column('text', { unique: true })
  hash!: string;

  @Column('uuid', { nullable: true })
  createdByUserId!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;

  /** The key in whose place this one was made. */
  @Column('uuid', { nullable: true, unique: true })
  replacesId!: string | null;
}

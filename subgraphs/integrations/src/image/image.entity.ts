import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlainType } from './picture.ts';
import type { ImageType } from './sniff-type.ts';

/** A picture that is stored. Its files lie in the storage, under its hash. */
@Entity('images')
export class ImageEntity {
  /** SHA-256 of the bytes as they came, 64 small hexadecimal digits. */
  @PrimaryColumn('text')
  sha256!: string;

  @Column('text')
  type!: ImageType;

  /** As it is seen, in pixels. */
  @Column('integer')
  width!: number;

  @Column('integer')
  height!: number;

  /** Of the bytes as they came. */
  @Column('integer')
  size!: number;

  @Column('text')
  plainType!: PlainType;

  @Column('timestamptz')
  createdAt!: Date;

  /** When the job had made the variants that were set then; null before. */
  @Column('timestamptz', { nullable: true })
  variantsMadeAt!: Date | null;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import { units } from '../units-column.ts';

export type FindingKind = 'MISSING_HERE' | 'MISSING_THERE' | 'DIFFERENT_AMOUNT';

/** A movement that the two books tell differently. */
@Entity('payment_findings')
export class FindingEntity {
  @PrimaryColumn('uuid')
  reconciliationId!: string;

  @PrimaryColumn('text')
  balanceTransaction!: string;

  @Column('text')
  kind!: FindingKind;

  @Column('text')
  type!: string;

  @Column('text', { nullable: true })
  source!: string | null;

  @Column('text')
  currency!: string;

  @Column({ type: 'bigint', transformer: units, nullable: true })
  ours!: bigint | null;

  @Column({ type: 'bigint', transformer: units, nullable: true })
  theirs!: bigint | null;
}

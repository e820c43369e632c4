import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { units } from '../units-column.ts';

export const ledgerAccounts = [
  'STRIPE',
  'BANK',
  'BUYER',
  'SUPPLIER',
  'HOUSE',
  'PLATFORM_FEE',
  'STRIPE_FEE',
  'DISPUTES',
  'LOSSES',
  'EXCHANGE',
] as const;
export type LedgerAccountName = (typeof ledgerAccounts)[number];

/** One side of a movement: what an account gains, below zero what it gives. */
@Entity('ledger_entries')
export class LedgerEntryEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('uuid')
  postingId!: string;

  @Column('text')
  account!: LedgerAccountName;

  @Column('uuid', { nullable: true })
  party!: string | null;

  @Column('text')
  currency!: string;

  @Column({ type: 'bigint', transformer: units })
  amount!: bigint;
}

import { Money } from '@gastronom/shared/money.type';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../../context.ts';
import { moneyOf } from '../payment.resolver.ts';
import { type LedgerBalanceRow, LedgerRepository } from './ledger.repository.ts';
import { LedgerBalance } from './ledger.type.ts';

@Resolver(() => LedgerBalance)
export class LedgerResolver {
  @Query(() => [LedgerBalance], {
    description: 'What each account of the ledger of payments has; accounts that are even are left out. For staff.',
  })
  paymentLedger(@Ctx() { manager }: OrdersContext): Promise<LedgerBalanceRow[]> {
    return new LedgerRepository(manager).balances();
  }

  @FieldResolver(() => Money, { description: 'What it has; below zero what it gave.' })
  balance(@Root() { units, currency }: LedgerBalanceRow): Money {
    return moneyOf(BigInt(units), currency);
  }
}

import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum LedgerAccount {
  STRIPE = 'STRIPE',
  BANK = 'BANK',
  BUYER = 'BUYER',
  SUPPLIER = 'SUPPLIER',
  HOUSE = 'HOUSE',
  PLATFORM_FEE = 'PLATFORM_FEE',
  STRIPE_FEE = 'STRIPE_FEE',
  DISPUTES = 'DISPUTES',
  LOSSES = 'LOSSES',
  EXCHANGE = 'EXCHANGE',
}
registerEnumType(LedgerAccount, {
  name: 'LedgerAccount',
  description: 'An account of the ledger of payments. All accounts together come to zero, in each currency.',
  valuesConfig: {
    STRIPE: { description: 'Our balance at Stripe.' },
    BANK: { description: 'What Stripe paid out to our bank.' },
    BUYER: { description: 'Buyers. Below zero: paid for, and neither delivered nor paid back yet.' },
    SUPPLIER: { description: 'Suppliers. Below zero: owed to them.' },
    HOUSE: { description: 'What the house sold. Below zero: earned.' },
    PLATFORM_FEE: { description: 'What we keep of what suppliers sold. Below zero: earned.' },
    STRIPE_FEE: { description: 'What Stripe keeps.' },
    DISPUTES: { description: 'What buyers’ banks hold while a dispute is open.' },
    LOSSES: { description: 'What banks kept of disputes that were lost, less what need not be paid back any more.' },
    EXCHANGE: { description: 'Between currencies, where Stripe keeps our balance in another than the buyer’s.' },
  },
});

@ObjectType({ description: 'What an account of the ledger has.' })
export class LedgerBalance {
  @Field(() => LedgerAccount, { description: 'Which account.' })
  account!: LedgerAccount;

  @Field(() => ID, { nullable: true, description: 'Whose: a buyer’s, or a supplier’s organization’s id.' })
  party!: string | null;
}

import { pageSize } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { Money } from '@gastronom/shared/money.type';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../../context.ts';
import { isStaffViewer, moneyOf } from '../payment.resolver.ts';
import { beginOnboarding, type Onboarding, supplierLedBy } from './onboarding.ts';
import type { PaymentAccountEntity } from './payment-account.entity.ts';
import { PaymentAccountRepository } from './payment-account.repository.ts';
import {
  BeginPaymentOnboardingInput,
  BeginPaymentOnboardingPayload,
  PaymentAccount,
  SupplierPayout,
} from './payment-account.type.ts';

type ReadPayout = SupplierPayout & { readonly units: bigint; readonly currency: string };

@Resolver(() => PaymentAccount)
export class PaymentAccountResolver {
  @Query(() => PaymentAccount, {
    nullable: true,
    description:
      'A supplier’s account at Stripe: one’s own for ADMINs of a supplier, any for staff; null where there is none to see.',
  })
  async paymentAccount(
    @Ctx() context: OrdersContext,
    @Arg('organizationId', () => ID, {
      nullable: true,
      description: 'The supplier’s organization; the one that the viewer acts for by default.',
    })
    given?: string | null,
  ): Promise<PaymentAccountEntity | null> {
    const own = supplierLedBy(context);
    const wanted = (given ?? own)?.toLowerCase();
    if (!wanted || !isUUID(wanted) || (wanted !== own && !isStaffViewer(context))) return null;
    return new PaymentAccountRepository(context.manager).findOf(wanted);
  }

  @FieldResolver(() => [SupplierPayout], { description: 'What Stripe pays out to the supplier’s bank, newest first.' })
  async payouts(
    @Root() { stripeId }: PaymentAccountEntity,
    @Ctx() { stripe }: OrdersContext,
    @Arg('first', () => Int, { nullable: true, description: 'How many: 1 to 100, 20 by default.' })
    first?: number | null,
  ): Promise<ReadPayout[]> {
    const limit = Math.max(1, pageSize(first));
    if (!stripe || !stripeId) return [];
    const { data } = await stripe.payouts.list({ limit }, { stripeAccount: stripeId });
    return data.map((payout) => ({
      id: payout.id,
      status: payout.status,
      arrivesAt: new Date(payout.arrival_date * 1000),
      failure: payout.failure_message,
      units: BigInt(payout.amount),
      currency: payout.currency.toUpperCase(),
    }));
  }

  @Mutation(() => BeginPaymentOnboardingPayload, {
    description:
      'Opens an account at Stripe for the supplier that one acts for, or goes on with it: leads to the page of Stripe’s where the supplier tells about itself. For ADMINs of a supplier.',
  })
  beginPaymentOnboarding(
    @Ctx() context: OrdersContext,
    @Arg('input', () => BeginPaymentOnboardingInput, { description: 'Which account, and where to come back to.' })
    input: BeginPaymentOnboardingInput,
  ): Promise<Onboarding> {
    return beginOnboarding(context, input);
  }
}

@Resolver(() => SupplierPayout)
export class SupplierPayoutResolver {
  @FieldResolver(() => Money, { description: 'What is paid out.' })
  amount(@Root() { units, currency }: ReadPayout): Money {
    return moneyOf(units, currency);
  }
}

import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { Stripe } from 'stripe';
import type { OrdersContext } from '../../context.ts';
import { paymentsOff } from '../payment-refusal.ts';
import { failureOf } from '../stripe-api.ts';
import type { PaymentAccountEntity } from './payment-account.entity.ts';
import { onboardingError } from './payment-account.errors.ts';
import { PaymentAccountRepository } from './payment-account.repository.ts';
import type { BeginPaymentOnboardingInput } from './payment-account.type.ts';

export interface Onboarding {
  readonly url: string | null;
  readonly expiresAt: Date | null;
  readonly account: PaymentAccountEntity | null;
  readonly userErrors: readonly UserError[];
}

const refuse = (...error: Parameters<typeof onboardingError>): Onboarding => ({
  url: null,
  expiresAt: null,
  account: null,
  userErrors: [onboardingError(...error)],
});

/** The supplier that the viewer is an ADMIN of and acts for. */
export const supplierLedBy = ({ viewer }: Pick<OrdersContext, 'viewer'>): string | null => {
  const organization = viewer.kind === 'user' ? viewer.organization : undefined;
  return organization?.type === 'SUPPLIER' && organization.role === 'ADMIN' ? organization.id : null;
};

function isPage(text: string, isSafe: boolean): boolean {
  if (!URL.canParse(text) || text.length > 2000) return false;
  const { protocol } = new URL(text);
  return protocol === 'https:' || (!isSafe && protocol === 'http:');
}

/** Makes the supplier's account at Stripe where there is none, and a link to the page where it tells about itself. */
export async function beginOnboarding(context: OrdersContext, input: BeginPaymentOnboardingInput): Promise<Onboarding> {
  const { stripe, manager, settings } = context;
  const organizationId = supplierLedBy(context);
  const country = input.country.toUpperCase();
  if (!stripe) return refuse('PAYMENTS_OFF', [], paymentsOff);
  if (!organizationId) return refuse('NOT_ALLOWED', [], 'This is for an ADMIN of a supplier, who acts for it.');
  if (!/^[A-Z]{2}$/.test(country)) return refuse('BAD_COUNTRY', ['input', 'country'], 'Two letters, as `FI`.');
  for (const field of ['returnUrl', 'refreshUrl'] as const)
    if (!isPage(input[field], settings.ENVIRONMENT === 'production'))
      return refuse('BAD_URL', ['input', field], 'Give the https address of a page.');
  const accounts = new PaymentAccountRepository(manager);
  const account = await accounts.ensure(organizationId, country);
  if (account.country !== country)
    return refuse('BAD_COUNTRY', ['input', 'country'], `The account is one of ${account.country}.`);
  try {
    const stripeId = account.stripeId ?? (await createAccount(context, stripe, account));
    const link = await stripe.accountLinks.create(
      { account: stripeId, type: 'account_onboarding', return_url: input.returnUrl, refresh_url: input.refreshUrl },
      { idempotencyKey: `account-link:${account.id}:${await accounts.nextLink(account.id)}` },
    );
    return { url: link.url, expiresAt: new Date(link.expires_at * 1000), account, userErrors: [] };
  } catch (error) {
    if (failureOf(error) === 'REFUSED') return refuse('REFUSED', [], `Stripe refuses: ${(error as Error).message}`);
    throw error;
  }
}

/** Stripe asks for what it needs to know and bears no losses; the platform pays Stripe's fees. */
async function createAccount(context: OrdersContext, stripe: Stripe, account: PaymentAccountEntity): Promise<string> {
  const made = await askForAccount(context, stripe, account);
  await inTransaction(context.manager, async (manager) => {
    await new PaymentAccountRepository(manager).update(account.id, { stripeId: made.id });
    await recordAudit(context.jobs, manager, context, {
      action: 'payment.account.open',
      subject: { type: 'Organization', id: account.organizationId },
      after: { country: account.country, stripeId: made.id },
    });
  });
  return made.id;
}

async function askForAccount(
  { manager }: OrdersContext,
  stripe: Stripe,
  account: PaymentAccountEntity,
): Promise<Stripe.Account> {
  const { id, organizationId, country, accountTry } = account;
  const asked = stripe.accounts.create(
    {
      country,
      controller: {
        fees: { payer: 'application' },
        losses: { payments: 'application' },
        requirement_collection: 'stripe',
        stripe_dashboard: { type: 'express' },
      },
      capabilities: { transfers: { requested: true } },
      metadata: { organizationId, paymentAccountId: id },
    },
    { idempotencyKey: `account:${id}:${country}:${accountTry}` },
  );
  return asked.catch(async (error: unknown) => {
    const failure = failureOf(error);
    if (failure === 'BROKEN' || failure === 'REFUSED') await new PaymentAccountRepository(manager).endTry(account);
    throw error;
  });
}

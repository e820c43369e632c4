import type { Stripe } from 'stripe';
import { page } from './answers.ts';
import { type Form, metadataOf, textOf } from './form.ts';
import type { Money } from './money.ts';
import { accountOf } from './objects.ts';
import { StripeFailure } from './stripe-error.ts';
import type { Thing, Vault } from './vault.ts';

export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly form: Form;
  /** Of `Stripe-Account`. */
  readonly account: string | undefined;
}

type Answer = (call: ApiCall, id: string, inner: string) => object;

/** What Stripe answers to, as far as payments ask it. */
export function createApi(vault: Vault, money: Money): (call: ApiCall) => object {
  const list =
    <Listed extends Thing>(object: Listed['object'], ...filters: (keyof Listed & string)[]): Answer =>
    ({ form, path }) => {
      const all = vault.all<Listed>(object).filter((thing) =>
        filters.every((name) => {
          const wanted = textOf(form, name);
          return wanted === undefined || String(thing[name]) === wanted;
        }),
      );
      return page(all, form, path);
    };
  const one =
    (object: string): Answer =>
    (_call, id) =>
      vault.get(object, id);
  const routes: Readonly<Record<string, Answer>> = {
    'POST accounts': ({ form }) => createAccount(vault, form),
    'GET accounts/*': one('account'),
    'POST account_links': ({ form }) => createLink(vault, form),
    'POST payment_intents': ({ form }) => money.createIntent(form),
    'GET payment_intents/*': one('payment_intent'),
    'POST payment_intents/*/confirm': ({ form }, id) => confirm(money, id, form),
    'POST payment_intents/*/cancel': ({ form }, id) => money.cancel(id, form),
    'GET charges': list<Stripe.Charge>('charge', 'payment_intent', 'transfer_group'),
    'GET charges/*': one('charge'),
    'POST refunds': ({ form }) => money.createRefund(form),
    'GET refunds': list<Stripe.Refund>('refund', 'payment_intent', 'charge'),
    'GET refunds/*': one('refund'),
    'POST transfers': ({ form }) => money.createTransfer(form),
    'GET transfers': list<Stripe.Transfer>('transfer', 'transfer_group', 'destination'),
    'GET transfers/*': one('transfer'),
    'POST transfers/*/reversals': ({ form }, id) => money.createReversal(id, form),
    'GET transfers/*/reversals': ({ form, path }, id) =>
      page(vault.get<Stripe.Transfer>('transfer', id).reversals.data, form, path),
    'GET disputes': list<Stripe.Dispute>('dispute', 'charge', 'payment_intent'),
    'GET disputes/*': one('dispute'),
    'GET balance': () => balanceOf(vault),
    'GET balance_transactions': list<Stripe.BalanceTransaction>('balance_transaction', 'source', 'type', 'currency'),
    'GET balance_transactions/*': one('balance_transaction'),
    'GET payouts': ({ form, path, account }) => page(payoutsOf(vault, account), form, path),
    'GET payouts/*': one('payout'),
    'GET events': list<Thing>('event'),
    'GET events/*': one('event'),
  };
  return (call) => {
    const [, , noun = '', id = '', inner = ''] = call.path.split('/');
    const name = [call.method, [noun, ...(id ? ['*'] : []), ...(inner ? [inner] : [])].join('/')].join(' ');
    const answer = routes[name];
    if (!answer)
      throw new StripeFailure(404, 'invalid_request_error', `Unrecognized request URL (${call.method}: ${call.path}).`);
    return answer(call, decodeURIComponent(id), inner);
  };
}

function createAccount(vault: Vault, form: Form): Stripe.Account {
  const country = textOf(form, 'country') ?? 'US';
  const id = vault.newId('acct');
  return vault.put(accountOf({ id, country, created: vault.now, metadata: metadataOf(form) }));
}

function createLink(vault: Vault, form: Form): Stripe.AccountLink {
  const { id } = vault.get<Stripe.Account>('account', textOf(form, 'account') ?? '');
  const url = `https://connect.stripe.com/setup/s/${id}/${vault.newId('link')}`;
  return { object: 'account_link', created: vault.now, expires_at: vault.now + 300, url };
}

/** The cards of docs.stripe.com/testing: that which is declined, and any other. */
function confirm(money: Money, id: string, form: Form): Stripe.PaymentIntent {
  if (textOf(form, 'payment_method') === 'pm_card_visa_chargeDeclined') throw money.decline(id);
  return money.pay(id);
}

function balanceOf(vault: Vault): Stripe.Balance {
  const amounts = new Map<string, number>();
  for (const { currency, net } of vault.all<Stripe.BalanceTransaction>('balance_transaction'))
    amounts.set(currency, (amounts.get(currency) ?? 0) + net);
  const available = [...amounts].map(([currency, amount]) => ({ currency, amount }));
  return { object: 'balance', available, livemode: false, pending: [] };
}

const payoutsOf = (vault: Vault, account: string | undefined): Stripe.Payout[] =>
  vault
    .all<Stripe.Payout>('payout')
    .filter((payout) => (payout as Stripe.Payout & { account?: string }).account === account);

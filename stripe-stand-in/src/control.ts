import type { Stripe } from 'stripe';
import { type Fault, faults } from './fault.ts';
import type { Money } from './money.ts';
import { StripeFailure } from './stripe-error.ts';

/** What people, cards and banks may do from outside while it runs. */
interface Controlled {
  readonly money: Money;
  failNext(fault: Fault): void;
  finishOnboarding(accountId: string): void;
  dispute(chargeId: string): Stripe.Dispute;
  closeDispute(disputeId: string, status: 'won' | 'lost'): void;
  all<Kind extends { readonly id: string; readonly object: string }>(object: Kind['object']): Kind[];
}

interface Act {
  /** What kind of thing it is done to. */
  readonly object: string;
  readonly meaning: string;
  run(stripe: Controlled, id: string): unknown;
}

const acts: Readonly<Record<string, Act>> = {
  pay: { object: 'payment_intent', meaning: 'the card is charged', run: ({ money }, id) => money.pay(id) },
  decline: { object: 'payment_intent', meaning: 'the card is declined', run: ({ money }, id) => money.decline(id) },
  onboard: {
    object: 'account',
    meaning: 'the supplier has told Stripe about itself',
    run: (stripe, id) => stripe.finishOnboarding(id),
  },
  dispute: { object: 'charge', meaning: 'the bank takes the money back', run: (stripe, id) => stripe.dispute(id) },
  win: { object: 'dispute', meaning: 'the bank gives it back', run: (stripe, id) => stripe.closeDispute(id, 'won') },
  lose: { object: 'dispute', meaning: 'the bank keeps it', run: (stripe, id) => stripe.closeDispute(id, 'lost') },
  payout: {
    object: 'account',
    meaning: 'the account is paid out to its bank',
    run: ({ money }, id) => money.currenciesOf(id).map((currency) => money.payOutAccount(id, currency)),
  },
};

/** How it is written, each with what it does. */
export const controls: readonly (readonly [string, string])[] = [
  ...Object.entries(acts).map(([name, { object, meaning }]) => [`${name}/last`, `${meaning} (${object})`] as const),
  ...Object.entries(faults).map(([name, meaning]) => [`fault/${name}`, `next time ${meaning}`] as const),
];

const kinds = ['payment_intent', 'charge', 'refund', 'transfer', 'transfer_reversal', 'dispute', 'account'];

/** `GET /control` tells what there is; `POST /control/<act>/<id or last>` and `POST /control/fault/<name>` change it. */
export function answerControl(stripe: Controlled, method: string, pathname: string): [number, object] {
  const [, , name, given = 'last'] = pathname.split('/').map(decodeURIComponent);
  if (!name) return [200, Object.fromEntries(kinds.map((kind) => [kind, stripe.all(kind).slice(0, 5)]))];
  if (method !== 'POST') return [405, { error: 'a change is a POST, as curl -X POST' }];
  if (name === 'fault') return switchFault(stripe, given);
  const act = acts[name];
  if (!act) return [404, { error: `there are ${Object.keys(acts).join(', ')} and fault` }];
  const id = given === 'last' ? stripe.all(act.object)[0]?.id : given;
  if (!id) return [404, { error: `there is no ${act.object} yet` }];
  try {
    act.run(stripe, id);
  } catch (error) {
    if (error instanceof StripeFailure) return [error.status, error.body];
    throw error;
  }
  return [200, { done: `${id}: ${act.meaning}` }];
}

function switchFault(stripe: Controlled, name: string): [number, object] {
  if (!(name in faults)) return [400, { error: `the faults are ${Object.keys(faults).join(', ')}` }];
  stripe.failNext(name as Fault);
  return [200, { done: `next time ${faults[name as Fault]}` }];
}

import type { Fault } from '@gastronom/stripe-stand-in/fault';
import fc from 'fast-check';
import type { PartToPay } from './card-order-rows.ts';

/** Something that happens on a day with payments. Numbers choose among what there is by then. */
export type Happening =
  | { readonly kind: 'order'; readonly parts: readonly PartToPay[] }
  | { readonly kind: 'pay' | 'decline' | 'abandon' | 'lose-reservation'; readonly which: number }
  | { readonly kind: 'deliver'; readonly which: number; readonly percent: number; readonly repeat: boolean }
  | { readonly kind: 'cancel' | 'onboard' | 'dispute' | 'end-dispute' | 'fail-refund'; readonly which: number }
  | { readonly kind: 'refund'; readonly which: number; readonly amount: string; readonly repeat: boolean }
  | { readonly kind: 'tell'; readonly order: 'in-order' | 'reversed'; readonly times: number; readonly lost: number }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly path: string }
  | { readonly kind: 'work' | 'check' };

const which = fc.nat(50);
const price = fc.integer({ min: 100, max: 20_000 }).map((cents) => (cents / 100).toFixed(2));
const part: fc.Arbitrary<PartToPay> = fc.record({
  supplier: fc.constantFrom('farm', 'dairy', 'house'),
  prices: fc.array(price, { minLength: 1, maxLength: 3 }),
  delivery: fc.constantFrom('0', '4.90'),
});
const faults: readonly Fault[] = ['cut', 'cut-after', 'conflict', 'rate-limit', 'broken', 'broken-after'];

const one = <Kind extends string>(...kinds: Kind[]) => fc.record({ kind: fc.constantFrom(...kinds), which });

const order = fc.record({
  kind: fc.constant('order' as const),
  parts: fc.array(part, { minLength: 1, maxLength: 3 }),
});
const tell = fc.record({
  kind: fc.constant('tell' as const),
  order: fc.constantFrom('in-order' as const, 'reversed' as const),
  times: fc.integer({ min: 1, max: 2 }),
  lost: fc.nat(3),
});
const deliver = fc.record({
  kind: fc.constant('deliver' as const),
  which,
  percent: fc.constantFrom(0, 33, 100),
  repeat: fc.boolean(),
});
const some = fc.integer({ min: 100, max: 5_000 }).map((cents) => (cents / 100).toFixed(2));
const refund = fc.record({ kind: fc.constant('refund' as const), which, amount: some, repeat: fc.boolean() });
const fault = fc.record({
  kind: fc.constant('fault' as const),
  fault: fc.constantFrom(...faults),
  path: fc.constantFrom('', 'transfers$', 'refunds$', 'reversals$'),
});
const going = fc.record({ kind: fc.constantFrom('work' as const, 'work' as const, 'check' as const) });

const single: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 10, arbitrary: going },
  { weight: 8, arbitrary: deliver },
  { weight: 6, arbitrary: tell },
  { weight: 6, arbitrary: fault },
  { weight: 5, arbitrary: refund },
  { weight: 3, arbitrary: one('cancel', 'onboard') },
  { weight: 2, arbitrary: one('dispute', 'end-dispute', 'end-dispute', 'fail-refund') },
  { weight: 2, arbitrary: one('pay', 'abandon', 'lose-reservation') },
);

const work = { kind: 'work' } as const;

/** What chance seldom brings together: a supplier is paid, and something of that goes back; each call may fail. */
const paidAndBack: fc.Arbitrary<Happening[]> = fc
  .tuple(fault, deliver, fault, refund, fc.constantFrom(33, 100))
  .map(([first, delivered, second, back, percent]) => [
    first,
    { ...delivered, percent },
    work,
    work,
    second,
    { ...back, which: delivered.which },
    work,
  ]);

const later = fc.array(
  fc.oneof(
    {
      weight: 9,
      arbitrary: single.map((happening) => [happening]),
    },
    { weight: 1, arbitrary: paidAndBack },
  ),
  { minLength: 15, maxLength: 40 },
);

/** Some orders that are being paid, and whatever comes of them. */
export const happenings: fc.Arbitrary<Happening[]> = fc
  .tuple(
    // Suppliers whose accounts stand are paid within the day, so that refunds have something to take back.
    fc.subarray([0, 1]).map((accounts) => accounts.map((number) => ({ kind: 'onboard' as const, which: number }))),
    fc.array(fc.tuple(order, one('pay', 'pay', 'pay', 'decline')), { minLength: 1, maxLength: 4 }),
    // Most orders hear of their payment soon.
    fc.option(fc.tuple(tell, fc.constant(work)), { nil: [] }),
    later,
  )
  .map(([onboarded, paid, told, after]) => [
    ...onboarded,
    ...paid.flat().map((happening, index) => aim(happening, index)),
    ...told,
    ...after.flat(),
  ]);

/** Each card at the beginning is for the order before it. */
const aim = (happening: Happening, index: number): Happening =>
  'which' in happening ? { ...happening, which: (index - 1) / 2 } : happening;

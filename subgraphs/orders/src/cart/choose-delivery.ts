import type { DeliveryDay, QuotedSupplier } from '../quote/quote.ts';
import type { CartFinding } from './cart-finding.ts';

interface Choice {
  readonly deliverOn: string | null;
  readonly deliverFrom: string | null;
  readonly cutOffAt: Date | null;
}

/** By time zone: making one takes longer than all else here. */
const calendars = new Map<string, Intl.DateTimeFormat>();

function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  calendars.set(timeZone, made);
  return made;
}

/** The calendar day at the supplier's, so many days from the moment. */
function dayAt(moment: Date, timeZone: string, days: number): string {
  const date = new Date(`${calendarOf(timeZone).format(moment)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

const minutes = (time: string | null): string | null => time?.slice(0, 5) ?? null;

const isChosen = (day: DeliveryDay, { deliverOn, deliverFrom }: Choice): boolean =>
  day.on === deliverOn && (deliverFrom === null || day.from === minutes(deliverFrom));

/** The day that was chosen, or else the first that the goods' lead time allows; null where the supplier has no days. */
export function deliveryFor(
  supplier: QuotedSupplier,
  choice: Choice | undefined,
  leadTimeDays: number,
  at: Date,
): DeliveryDay | null {
  const earliest = dayAt(at, supplier.timeZone, leadTimeDays);
  const possible = supplier.days.filter(({ on, cutOffAt }) => on >= earliest && Date.parse(cutOffAt) > at.getTime());
  return (choice?.deliverOn ? possible.find((day) => isChosen(day, choice)) : possible[0]) ?? null;
}

export function checkDelivery(
  supplier: QuotedSupplier,
  choice: Choice | undefined,
  leadTimeDays: number,
  at: Date,
): CartFinding[] {
  const hasDay = deliveryFor(supplier, choice, leadTimeDays, at) !== null;
  if (hasDay || (!choice?.deliverOn && !supplier.hasDeliveryDays)) return [];
  const about = { severity: 'ERROR', supplierId: supplier.id } as const;
  if (choice?.deliverOn && choice.cutOffAt && choice.cutOffAt <= at) {
    const message = `The cut-off of ${supplier.name} for ${choice.deliverOn} has passed: choose another day.`;
    return [{ code: 'CUT_OFF_PASSED', ...about, message }];
  }
  const message = choice?.deliverOn
    ? `${supplier.name} cannot deliver all of this on ${choice.deliverOn}: choose another day.`
    : `${supplier.name} cannot deliver this within the days that it plans.`;
  return [{ code: 'DELIVERY_DAY_IMPOSSIBLE', ...about, message }];
}

import { DateTime } from 'luxon';
import type { SupplierEntity } from '../supplier/supplier.entity.ts';
import type { DeliveryExceptionEntity } from './delivery-exception.entity.ts';
import type { DeliveryWindowEntity } from './delivery-window.entity.ts';

/** When a supplier delivers. */
export interface DeliveryTerms {
  readonly supplier: Pick<SupplierEntity, 'timeZone' | 'cutOffDays' | 'cutOffTime'>;
  readonly windows: readonly Omit<DeliveryWindowEntity, 'supplierId'>[];
  readonly exceptions: readonly Omit<DeliveryExceptionEntity, 'supplierId' | 'note'>[];
}

/** A delivery that can still be ordered for. Dates and times are local to the supplier. */
export interface PossibleDelivery {
  /** As `2026-11-23`. */
  readonly on: string;
  /** As `08:00`. */
  readonly from: string | null;
  readonly to: string | null;
  /** The last moment: an order at it is too late. */
  readonly cutOffAt: Date;
}

/** A little more than a quarter: no supplier closes for longer and still takes orders. */
const horizonDays = 100;
const longestCutOffDays = 14;

const hoursAndMinutes = (time: string): string => time.slice(0, 5);

/**
 * The moment of a local time, as RFC 5545 §3.3.5 has it: of a time that comes twice, when clocks go back, the first; one
 * that is skipped, when they go forward, as much later.
 */
export function momentOf(date: string, time: string, zone: string): Date {
  const local = DateTime.fromISO(`${date}T${hoursAndMinutes(time)}`, { zone });
  const [first] = local.getPossibleOffsets().toSorted((one, other) => one.toMillis() - other.toMillis());
  return (first ?? local).toJSDate();
}

const dayMs = 86_400_000;

const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(date) - days * dayMs).toISOString().slice(0, 10);

/** From 1 for Monday to 7, as ISO 8601 counts. */
const weekdayOf = (date: string): number => new Date(date).getUTCDay() || 7;

interface Slot {
  readonly from: string | null;
  readonly to: string | null;
  readonly cutOffDays: number;
  readonly cutOffTime: string;
}

function slotsOn(date: string, { supplier, windows, exceptions }: DeliveryTerms): readonly Slot[] {
  const { cutOffDays, cutOffTime } = supplier;
  const exception = exceptions.find(({ onDate }) => onDate === date);
  if (exception?.isClosed) return [];
  if (exception) return [{ from: exception.fromTime, to: exception.toTime, cutOffDays, cutOffTime }];
  const weekday = weekdayOf(date);
  return windows
    .filter((window) => window.weekday === weekday)
    .toSorted((one, other) => (one.fromTime < other.fromTime ? -1 : 1))
    .map((window) => ({
      from: window.fromTime,
      to: window.toTime,
      cutOffDays: window.cutOffDays ?? cutOffDays,
      cutOffTime: window.cutOffTime ?? cutOffTime,
    }));
}

const deliveryOn = (date: string, slot: Slot, zone: string): PossibleDelivery => ({
  on: date,
  from: slot.from && hoursAndMinutes(slot.from),
  to: slot.to && hoursAndMinutes(slot.to),
  cutOffAt: momentOf(daysBefore(date, slot.cutOffDays), slot.cutOffTime, zone),
});

/** The next deliveries whose cut-off lies ahead, in their order; none for one that has not said when it delivers. */
export function nextDeliveries(terms: DeliveryTerms, at: Date, count: number): PossibleDelivery[] {
  if (terms.windows.length + terms.exceptions.length === 0) return [];
  const { timeZone } = terms.supplier;
  const today = DateTime.fromJSDate(at, { zone: timeZone }).toISODate() ?? '';
  const found: PossibleDelivery[] = [];
  for (let ahead = 0; ahead <= horizonDays + longestCutOffDays && found.length < count; ahead += 1) {
    const date = daysBefore(today, -ahead);
    const deliveries = slotsOn(date, terms).map((slot) => deliveryOn(date, slot, timeZone));
    found.push(...deliveries.filter(({ cutOffAt }) => cutOffAt > at));
  }
  return found.slice(0, count);
}

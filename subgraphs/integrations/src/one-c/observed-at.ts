import { quote } from '../row/row-error.ts';
import { DeliveryTrouble } from './delivery-trouble.ts';

const futureMs = 5 * 60_000;
const earliest = Date.UTC(2000, 0, 1);

/** 1C's empty date. */
const noDate = '0001-01-01';

const pattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

const bad = (raw: unknown, why: string) =>
  new DeliveryTrouble('BAD_OBSERVED_AT', `\`observed_at\` is ${quote(raw)}: ${why}`);

/** How far the clocks of a time zone are before UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'iso8601',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const parts = new Map(clock.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(moment / 1000) * 1000;
}

/** The moment at which the clocks of a time zone show a time. In the hour that autumn shows twice, the later one. */
function fromLocal(shown: number, timeZone: string): number {
  const guess = shown - offsetAt(shown, timeZone);
  return shown - offsetAt(guess, timeZone);
}

function parse(raw: string, timeZone: string | undefined): number {
  const match = pattern.exec(raw.trim());
  const [, day, time, offset] = match ?? [];
  const shown = match ? Date.parse(`${day}T${time}Z`) : Number.NaN;
  if (Number.isNaN(shown)) throw bad(raw, 'that is no moment. Send it as 2026-01-14T09:30:00+05:00.');
  if (offset) {
    const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
    const ahead = sign ? (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000) : 0;
    return shown - ahead;
  }
  if (timeZone) return fromLocal(shown, timeZone);
  throw bad(raw, 'it does not say of which time zone. Send it as 2026-01-14T09:30:00+05:00, or set ONE_C_TIME_ZONE.');
}

/**
 * The moment that a payload names, if it does. A local time is read in the time zone of 1C, where that is set; without it
 * is refused: a guess could put a count hours off, and an old one before a new one.
 */
export function readObservedAt(raw: unknown, receivedAt: Date, timeZone: string | undefined): Date | null {
  if (raw === undefined || raw === null || raw === '') return null;
  if (typeof raw === 'string' && raw.startsWith(noDate)) return null;
  if (typeof raw !== 'string') throw bad(raw, 'that is no text. Send it as "2026-01-14T09:30:00+05:00".');
  const moment = parse(raw, timeZone);
  if (moment < earliest) throw bad(raw, 'that is before the year 2000. Look at the sender’s clock.');
  if (moment <= receivedAt.getTime() + futureMs) return new Date(moment);
  throw new DeliveryTrouble(
    'OBSERVED_IN_FUTURE',
    `\`observed_at\` is ${quote(raw)}, and it came at ${receivedAt.toISOString()}: more than five minutes in the future. Look at the sender’s clock.`,
  );
}

import { type CronExpression, CronExpressionParser } from 'cron-parser';
import { DateTime } from 'luxon';

/** When something is ordered again and again. */
export interface Schedule {
  /** Minute, hour, day of the month, month, day of the week; on the clocks of the time zone. */
  readonly cron: string;
  readonly timeZone: string;
  /** As `2026-12-24`. */
  readonly skipDates: readonly string[];
}

export type ScheduleProblem = 'BAD_CRON' | 'BAD_TIME_ZONE' | 'TOO_OFTEN';

/** Digits, names, lists, ranges, steps, `?`, `L` and `#`; the parser knows more, as `H`, which means another time each time. */
const field = /^[\dA-Z*,/?#-]+$/i;
const isRandom = /(^|[^A-Z])H($|[^A-Z])/i;

const longestCron = 200;

/** The calendar day of a moment in a time zone. */
export const dayOf = (moment: Date, timeZone: string): string =>
  DateTime.fromJSDate(moment, { zone: timeZone }).toISODate() ?? '';

/** Asked of Intl, which forgets the names that it does not know. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Null where it names times that come, at most one an hour. */
export function scheduleProblem(cron: string, timeZone: string, at: Date): ScheduleProblem | null {
  if (!isTimeZone(timeZone)) return 'BAD_TIME_ZONE';
  if (cron.length > longestCron) return 'BAD_CRON';
  const fields = cron.split(' ');
  if (fields.length !== 5 || !fields.every((text) => field.test(text) && !isRandom.test(text))) return 'BAD_CRON';
  try {
    const times = parse(cron, timeZone, at);
    if (new Set(times.fields.minute.values).size > 1) return 'TOO_OFTEN';
    times.next();
    return null;
  } catch {
    // What the parser cannot read, and what never comes, as 30 February.
    return 'BAD_CRON';
  }
}

/** The first time after a moment whose day is not to be skipped; null where there is none. */
export function nextTime({ cron, timeZone, skipDates }: Schedule, after: Date): Date | null {
  const times = parse(cron, timeZone, after);
  const skipped = new Set(skipDates);
  // Each day that is skipped has at most 24 times, or 25 when clocks are put back.
  for (let turn = 0; turn <= skipped.size * 25 && times.hasNext(); turn += 1) {
    const at = times.next().toDate();
    if (!skipped.has(dayOf(at, timeZone))) return at;
  }
  return null;
}

const parse = (cron: string, tz: string, currentDate: Date): CronExpression =>
  CronExpressionParser.parse(cron, { tz, currentDate });

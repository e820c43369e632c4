import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import { DateTime } from 'luxon';
import { supplierError } from '../supplier/supplier.errors.ts';
import { isTimeOfDay } from '../supplier/supplier.rules.ts';
import type { DeliveryExceptionInput, DeliveryWindowInput } from './delivery-terms.inputs.ts';

const mostWindows = 50;
const mostExceptions = 200;
const longestNote = 200;

type Code = Parameters<typeof supplierError>[0];
type Say = (code: Code, field: string, message: string) => UserError;

const sayOf =
  (list: string, index: number): Say =>
  (code, field, message) =>
    supplierError(code, ['input', list, String(index), field], message);

const tooMany = (list: string, most: number): UserError =>
  supplierError('TOO_MANY', ['input', list], `There are at most ${most}.`);

const badTime = 'A time of day is like 08:00.';

function windowTimes(from: string | null | undefined, to: string | null | undefined, say: Say): UserError[] {
  const bad = Object.entries({ from, to }).filter(([, time]) => !time || !isTimeOfDay(time));
  if (bad.length > 0) return bad.map(([field]) => say('BAD_TIME', field, badTime));
  return (from ?? '') < (to ?? '') ? [] : [say('BAD_WINDOW', 'to', 'A window ends after it begins, on the same day.')];
}

function windowProblems(window: DeliveryWindowInput, say: Say): UserError[] {
  const { weekday, from, to, cutOffDays, cutOffTime } = window;
  const problems = windowTimes(from, to, say);
  if (weekday < 1 || weekday > 7) problems.push(say('OUT_OF_RANGE', 'weekday', 'Weekdays are 1 (Monday) to 7.'));
  if (cutOffDays != null && (cutOffDays < 0 || cutOffDays > 14))
    problems.push(say('OUT_OF_RANGE', 'cutOffDays', 'A cut-off is 0 to 14 days before.'));
  if (cutOffTime != null && !isTimeOfDay(cutOffTime)) problems.push(say('BAD_TIME', 'cutOffTime', badTime));
  return problems;
}

const meet = (one: DeliveryWindowInput, other: DeliveryWindowInput): boolean =>
  one.weekday === other.weekday && one.from < other.to && other.from < one.to;

/** What is wrong with a week of windows. */
export function weekProblems(windows: readonly DeliveryWindowInput[]): UserError[] {
  if (windows.length > mostWindows) return [tooMany('windows', mostWindows)];
  return windows.flatMap((window, index) => {
    const say = sayOf('windows', index);
    const problems = windowProblems(window, say);
    const meets = windows.slice(0, index).some((earlier) => meet(earlier, window));
    return meets ? [...problems, say('BAD_WINDOW', 'from', 'It meets another window of its day.')] : problems;
  });
}

const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && DateTime.fromISO(text).isValid;

function exceptionProblems({ on, isClosed, from, to, note }: DeliveryExceptionInput, say: Say): UserError[] {
  const problems = isClosed ? [] : windowTimes(from, to, say);
  if (!isDate(on)) problems.push(say('BAD_DATE', 'on', 'A date is like 2026-12-24.'));
  if (note != null && (note.length > longestNote || !isStorable(note)))
    problems.push(say('TOO_LONG', 'note', `A note has at most ${longestNote} characters.`));
  return problems;
}

/** What is wrong with holidays and added days. */
export function exceptionListProblems(exceptions: readonly DeliveryExceptionInput[]): UserError[] {
  if (exceptions.length > mostExceptions) return [tooMany('exceptions', mostExceptions)];
  return exceptions.flatMap((exception, index) => {
    const say = sayOf('exceptions', index);
    const isSecond = exceptions.slice(0, index).some(({ on }) => on === exception.on);
    const twice = isSecond ? [say('BAD_DATE', 'on', 'The date stands in the list already.')] : [];
    return [...exceptionProblems(exception, say), ...twice];
  });
}

import { isUUID } from '@gastronom/shared/id';
import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import { z } from 'zod';
import { readNote, readQuantity } from '../cart/read-line.ts';
import type { OrdersContext } from '../context.ts';
import type { Buyer } from '../order/buyer.ts';
import { quoteOffers } from '../quote/quote.client.ts';
import { isKnown } from '../quote/quote.ts';
import { type ScheduleProblem, scheduleProblem } from './schedule.ts';
import type { OrderedStandingLine, SaveStandingOrder } from './standing-order.command.ts';
import { standingOrderError } from './standing-order.errors.ts';
import type { StandingLine } from './standing-order.row.ts';

const mostDates = 366;
const mostLines = 500;

const idOf = (offerId: string): string => (isUUID(offerId) ? offerId.toLowerCase() : offerId);

/** Fields parted by one space each. */
export const plainCron = (cron: string): string => cron.trim().split(/\s+/).join(' ');

export const isDay = (text: string): boolean => z.iso.date().safeParse(text).success;

type Asking = Pick<OrdersContext, 'subgraphs' | 'clock' | 'requestId' | 'logger'>;

/** Lines with the names of their offers; those that are none to this buyer are refused. */
export async function readLines(
  context: Asking,
  { kind, id }: Buyer,
  lines: readonly OrderedStandingLine[],
): Promise<{ readonly lines: StandingLine[]; readonly errors: UserError[] }> {
  const wanted = lines.map((line) => ({ ...line, offerId: idOf(line.offerId), note: readNote(line.note, []).value }));
  const asked = wanted.map(({ offerId, quantity }) => ({ key: offerId, offerId, quantity }));
  const quote = await quoteOffers(context, { kind, id }, asked);
  const read: StandingLine[] = [];
  const errors: UserError[] = [];
  for (const [index, line] of wanted.entries()) {
    const quoted = quote.lines.get(line.offerId);
    const field = ['input', 'lines', String(index), 'offerId'];
    if (quoted && isKnown(quoted)) read.push({ ...line, name: quoted.name });
    else if (quoted?.status === 'NOT_FOR_THIS_BUYER')
      errors.push(standingOrderError('NOT_FOR_THIS_BUYER', field, 'This offer is not for you.'));
    else errors.push(standingOrderError('UNKNOWN_OFFER', field, 'There is no such offer.'));
  }
  return { lines: read, errors };
}

const scheduleMessages: Readonly<Record<ScheduleProblem, string>> = {
  BAD_CRON: 'Say when as cron does, in five fields: `30 6 * * MON,THU`.',
  BAD_TIME_ZONE: 'Name an IANA time zone, as `Europe/Stockholm`.',
  TOO_OFTEN: 'It can be placed once an hour at most: name one minute.',
};

/** What is wrong with a standing order as somebody wants it. */
export function problemsOf(input: SaveStandingOrder, at: Date): UserError[] {
  const { name, cron, timeZone, lines } = input;
  const skipDates = input.skipDates ?? [];
  const isName = name.trim() !== '' && name.length <= 200 && isStorable(name);
  const schedule = scheduleProblem(plainCron(cron), timeZone, at);
  const field = schedule === 'BAD_TIME_ZONE' ? 'timeZone' : 'cron';
  const areDates = skipDates.length <= mostDates && skipDates.every(isDay);
  const dates = `Say days as \`2026-12-24\`, at most ${mostDates}.`;
  return [
    ...(isName ? [] : [standingOrderError('BAD_NAME', ['input', 'name'], 'A name has 1 to 200 characters.')]),
    ...(schedule ? [standingOrderError(schedule, ['input', field], scheduleMessages[schedule])] : []),
    ...(areDates ? [] : [standingOrderError('BAD_DATE', ['input', 'skipDates'], dates)]),
    ...readNote(input.note, ['input', 'note']).errors,
    ...lineProblems(lines),
  ];
}

export function lineProblems(lines: readonly OrderedStandingLine[]): UserError[] {
  const offers = new Set(lines.map(({ offerId }) => idOf(offerId)));
  const isGood =
    lines.length >= 1 && lines.length <= mostLines && offers.size === lines.length && [...offers].every(isStorable);
  if (!isGood) return [standingOrderError('TOO_MANY', ['input', 'lines'], 'Give 1 to 500 lines of different offers.')];
  return lines.flatMap(({ quantity, note }, index) => [
    ...readQuantity(quantity, ['input', 'lines', String(index), 'quantity']).errors,
    ...readNote(note, ['input', 'lines', String(index), 'note']).errors,
  ]);
}

import { Decimal } from 'decimal.js';
import type { OrderLineEntity } from '../supplier-order/order-line.entity.ts';
import { quantityOf, readQuantity, readText } from '../supplier-order/quantity.ts';
import { refuse } from '../supplier-order/refusal.ts';

export interface GivenLine {
  readonly lineId: string;
  readonly received: string;
  readonly damaged?: string | null | undefined;
  readonly weight?: string | null | undefined;
  readonly note?: string | null | undefined;
}

export interface GivenDelivery {
  readonly idempotencyKey: string;
  readonly deliveredAt?: Date | null | undefined;
  readonly lines?: readonly GivenLine[] | null | undefined;
  readonly temperatureNote?: string | null | undefined;
  readonly signedBy?: string | null | undefined;
  readonly note?: string | null | undefined;
  readonly photos?: readonly string[] | null | undefined;
}

/** What arrived of a line in one delivery. */
export interface Arrival {
  readonly line: OrderLineEntity;
  readonly received: Decimal;
  readonly damaged: Decimal;
  readonly weight: Decimal | null;
  readonly note: string | null;
}

/** How much of a line has been promised and not come in other deliveries. */
export type Outstanding = (line: OrderLineEntity) => Decimal;

/** What arrived of each line. Of lines that are not named, all that was outstanding did, or nothing where a rest follows. */
export function readArrivals(
  lines: readonly OrderLineEntity[],
  given: readonly GivenLine[] | null | undefined,
  outstanding: Outstanding,
  unnamed: (line: OrderLineEntity) => Omit<Arrival, 'line'>,
): Arrival[] {
  const named = new Map<string, Arrival>();
  (given ?? []).forEach((one, index) => {
    const line = lines.find(({ id }) => id === one.lineId.toLowerCase());
    if (!line || named.has(line.id))
      throw refuse('UNKNOWN_LINE', ['lines', String(index), 'lineId'], 'The order has no such line, or it came twice.');
    named.set(line.id, readArrival(line, one, outstanding(line), ['lines', String(index)]));
  });
  return lines.map((line) => named.get(line.id) ?? { line, ...unnamed(line) });
}

function readArrival(line: OrderLineEntity, given: GivenLine, outstanding: Decimal, field: string[]): Arrival {
  const received = readQuantity(given.received, [...field, 'received'], 'BAD_QUANTITY');
  const damaged = readQuantity(given.damaged ?? '0', [...field, 'damaged'], 'BAD_QUANTITY');
  if (received.greaterThan(outstanding))
    throw refuse(
      'BAD_QUANTITY',
      [...field, 'received'],
      `${outstanding} of ${line.name} were outstanding: ${received} cannot have come.`,
    );
  if (damaged.greaterThan(received))
    throw refuse('BAD_QUANTITY', [...field, 'damaged'], 'Only what was received can be damaged.');
  if (given.weight != null && !line.catchWeight)
    throw refuse('BAD_WEIGHT', [...field, 'weight'], `${line.name} is not paid by its weight.`);
  const weight = given.weight == null ? null : readQuantity(given.weight, [...field, 'weight'], 'BAD_WEIGHT');
  return { line, received, damaged, weight, note: readText(given.note, [...field, 'note']) };
}

export const nothingCame = { received: new Decimal(0), damaged: new Decimal(0), weight: null, note: null };

const mostPhotos = 20;

function readPhotos(photos: readonly string[]): string[] {
  const addresses = photos.map((text) => URL.parse(text)).filter((address) => address?.protocol === 'https:');
  const texts = addresses.map((address) => address?.href ?? '').filter(({ length }) => length <= 2_000);
  if (photos.length <= mostPhotos && texts.length === photos.length) return texts;
  throw refuse('BAD_PHOTO', ['photos'], `Photos are told by at most ${mostPhotos} addresses with https.`);
}

/** What is told of a delivery beside its lines. */
export function readPapers(given: GivenDelivery) {
  return {
    temperatureNote: readText(given.temperatureNote, ['temperatureNote']),
    signedBy: readText(given.signedBy, ['signedBy'], 200),
    note: readText(given.note, ['note'], 2_000),
    photos: readPhotos(given.photos ?? []),
  };
}

/** How far the clock of who tells of it may be ahead of ours. */
const clockDriftMs = 5 * 60_000;

export function readMoment(given: Date | null | undefined, placedAt: Date | null, now: Date): Date {
  if (!given) return now;
  if (given.getTime() <= now.getTime() + clockDriftMs && given >= (placedAt ?? given)) return given > now ? now : given;
  throw refuse('BAD_DATE', ['deliveredAt'], 'It was delivered after it was ordered, and not in the future.');
}

export function readKey(text: string): string {
  const key = readText(text, ['idempotencyKey'], 200);
  if (key !== null) return key;
  throw refuse('BAD_TEXT', ['idempotencyKey'], 'An idempotency key is 1 to 200 characters.');
}

/** The same command has the same fingerprint, in whatever order its fields came. */
export const fingerprintOf = (command: object): string =>
  JSON.stringify(command, (_key, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

export const outstandingOf = ({ confirmedQuantity }: OrderLineEntity, elsewhere: Decimal): Decimal =>
  quantityOf(confirmedQuantity).minus(elsewhere);

import { isStorable } from '@gastronom/shared/storable-text';
import { z } from 'zod';

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const most = 99_999_999_999_999n;

/** A text that names something: an order, or a good. */
const name = z.string().trim().min(1).max(200).refine(isStorable, { error: 'It holds characters that are no text.' });

/** In thousandths: decimals are added up as whole numbers. */
const thousandths = z
  .string()
  .regex(/^\d{1,11}(\.\d{1,3})?$/, {
    error: 'A quantity is a decimal of at most 11 digits before the point and 3 behind it, as "1.500".',
  })
  .transform((text) => {
    const [whole = '', decimals = ''] = text.split('.');
    return BigInt(whole + decimals.padEnd(3, '0'));
  });

const asDecimal = (number: bigint): string => {
  const digits = String(number).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
};

/** A good and how much of it, with three decimals. */
export interface QuantityLine {
  readonly sku: string;
  readonly quantity: string;
}

/** Lines as a command has them: what it says twice of a good is added up, in the place of the first. */
const linesOf = (quantity: z.ZodType<bigint, string>) =>
  z
    .array(z.object({ sku: name, quantity }))
    .min(1)
    .max(500)
    .transform((lines) => {
      const sums = new Map<string, bigint>();
      for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0n) + quantity);
      return sums;
    })
    .refine((sums) => [...sums.values()].every((sum) => sum <= most), { error: 'So much of one good cannot be meant.' })
    .transform((sums): QuantityLine[] => [...sums].map(([sku, sum]) => ({ sku, quantity: asDecimal(sum) })));

const positive = thousandths.refine((number) => number > 0n, { error: 'A quantity is above 0.' });

const order = {
  orderKey: name,
  /** Who is behind it; the calling part of the product when left out. */
  actor: name.optional(),
};

/** The JSON of `reserveStock`. */
export const reserveSchema = z.object({
  ...order,
  lines: linesOf(positive),
  /** Until when the goods are kept; RESERVATION_MINUTES from now when left out. */
  expiresAt: moment.nullish(),
});

/** The JSON of `releaseReservation`. */
export const releaseSchema = z.object(order);

/** The JSON of `settleReservation`. Without lines, all was handed over; what lines leave out was not. */
export const settleSchema = z.object({ ...order, handedOverAt: moment, lines: linesOf(thousandths).nullish() });

export type ReserveCommand = z.infer<typeof reserveSchema>;
export type ReleaseCommand = z.infer<typeof releaseSchema>;
export type SettleCommand = z.infer<typeof settleSchema>;

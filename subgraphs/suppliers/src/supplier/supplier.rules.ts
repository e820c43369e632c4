import { isCurrency } from '@gastronom/shared/money';
import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import { Decimal } from 'decimal.js';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import type { SupplierEntity } from './supplier.entity.ts';
import { supplierError } from './supplier.errors.ts';
import type { SupplierWish } from './supplier.inputs.ts';

type Code = Parameters<typeof supplierError>[0];
type Check = (value: never) => readonly [Code, string] | undefined;

const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/;
const mostAmount = '999999999999.99';

export const isTimeOfDay = (text: string): boolean => timePattern.test(text);

const textUpTo =
  (most: number) =>
  (text: string): readonly [Code, string] | undefined =>
    text.length <= most && isStorable(text)
      ? undefined
      : ['TOO_LONG', `It takes at most ${most} printable characters.`];

const amount =
  (least: string, most = mostAmount) =>
  (text: string): readonly [Code, string] | undefined => {
    const value = new Decimal(text);
    return value.gte(least) && value.lte(most) && value.decimalPlaces() <= 2
      ? undefined
      : ['OUT_OF_RANGE', `It takes ${least} to ${most}, with at most 2 decimals.`];
  };

const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);

const checks: { readonly [Field in keyof SupplierWish]?: Check } = {
  name: (name: string) =>
    name.trim().length >= 1 && name.trim().length <= 100 && isStorable(name)
      ? undefined
      : ['BAD_NAME', 'A name has 1 to 100 characters.'],
  currency: (code: string) =>
    isCurrency(code) ? undefined : ['BAD_CURRENCY', 'A currency is an ISO 4217 code, as SEK.'],
  timeZone: (zone: string) =>
    IANAZone.isValidZone(zone) ? undefined : ['UNKNOWN_TIME_ZONE', 'A time zone is an IANA name, as Europe/Stockholm.'],
  description: textUpTo(5_000),
  phone: textUpTo(50),
  email: (email: string) =>
    z.email().max(254).safeParse(email).success ? undefined : ['BAD_EMAIL', 'That is no e-mail address.'],
  websiteUrl: (url: string) =>
    url.length <= 2_000 && isStorable(url) && isWebAddress(url)
      ? undefined
      : ['BAD_URL', 'An address begins with http:// or https://.'],
  taxRate: amount('0', '100'),
  minimumAmount: amount('0.01'),
  deliveryFee: amount('0'),
  deliveryFreeFrom: amount('0.01'),
  cutOffDays: (days: number) =>
    days >= 0 && days <= 14 ? undefined : ['OUT_OF_RANGE', 'A cut-off is 0 to 14 days before.'],
  cutOffTime: (time: string) => (isTimeOfDay(time) ? undefined : ['BAD_TIME', 'A time of day is like 15:00.']),
};

/** Columns that may be emptied; a null for any other says nothing. */
const clearable = new Set<keyof SupplierWish>([
  ...(['description', 'email', 'phone', 'websiteUrl', 'minimumAmount', 'deliveryFee', 'deliveryFreeFrom'] as const),
]);

const wishedFields = [
  ...(['name', 'currency', 'timeZone', 'description', 'email', 'phone', 'websiteUrl', 'isActive', 'taxRate'] as const),
  ...(['taxIncluded', 'minimumAmount', 'minimumIsHard', 'deliveryFee', 'deliveryFreeFrom', 'cutOffDays'] as const),
  ...(['cutOffTime', 'cancelUntil'] as const),
];

export type SupplierValues = Partial<Pick<SupplierEntity, (typeof wishedFields)[number]>>;

/** What a wish says of the row; what it leaves out is left out. */
export function valuesOf(wish: SupplierWish): SupplierValues {
  const said = wishedFields.filter((field) => {
    const value = wish[field];
    return value !== undefined && (value !== null || clearable.has(field));
  });
  const values = Object.fromEntries(said.map((field) => [field, wish[field]]));
  return { ...values, ...(wish.name ? { name: wish.name.trim() } : {}) };
}

/** What is wrong with the values, each by itself. */
export function problemsOf(values: SupplierValues): UserError[] {
  return Object.entries(values).flatMap(([field, value]) => {
    const check = checks[field as keyof SupplierWish];
    const problem = value === null ? undefined : check?.(value as never);
    return problem ? [supplierError(problem[0], ['input', field], problem[1])] : [];
  });
}

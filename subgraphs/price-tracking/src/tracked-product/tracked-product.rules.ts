import { isCurrency } from '@gastronom/shared/money';
import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import { Decimal } from 'decimal.js';
import { readGtin } from './gtin.ts';
import { trackedProductError } from './tracked-product.errors.ts';
import type { TrackedProductWish } from './tracked-product.inputs.ts';
import type { TrackedProductValues } from './tracked-product.repository.ts';

type Code = Parameters<typeof trackedProductError>[0];
type Problem = readonly [Code, string];
type Check = (value: never) => Problem | undefined;

export const longestName = 300;
/** Of one owner. */
export const mostProducts = 20_000;
export const mostTagsOfProduct = 50;
/** Of one owner. */
export const mostTags = 1_000;
export const longestTag = 50;

/** A name as it is kept. */
export const tidyName = (name: string): string => name.trim();

const isNameUpTo = (name: string, most: number): boolean =>
  tidyName(name).length >= 1 && tidyName(name).length <= most && isStorable(name);

const textUpTo =
  (most: number) =>
  (text: string): Problem | undefined =>
    text.length <= most && isStorable(text)
      ? undefined
      : ['TOO_LONG', `It takes at most ${most} printable characters.`];

const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);

const isWithin = (text: string, decimals: number, below: string): boolean => {
  const value = new Decimal(text);
  return value.gt(0) && value.lt(below) && value.decimalPlaces() <= decimals;
};

export const isTagName = (name: string): boolean => isNameUpTo(name, longestTag);

function tagProblem(tags: readonly string[]): Problem | undefined {
  if (tags.length > mostTagsOfProduct) return ['TOO_MANY', `A product has at most ${mostTagsOfProduct} tags.`];
  return tags.every(isTagName) ? undefined : ['BAD_TAG', `A tag has 1 to ${longestTag} characters.`];
}

const checks: { readonly [Field in keyof TrackedProductWish]?: Check } = {
  name: (name: string) =>
    isNameUpTo(name, longestName) ? undefined : ['BAD_NAME', `A name has 1 to ${longestName} characters.`],
  gtin: (gtin: string) =>
    readGtin(gtin)
      ? undefined
      : ['BAD_GTIN', 'A barcode has 8, 12, 13 or 14 digits, the last of which fits the others.'],
  imageUrl: (url: string) =>
    url.length <= 2_000 && isStorable(url) && isWebAddress(url)
      ? undefined
      : ['BAD_URL', 'An address begins with http:// or https://.'],
  size: textUpTo(50),
  notes: textUpTo(5_000),
  contentAmount: (amount: string) =>
    isWithin(amount, 3, '1e11') ? undefined : ['OUT_OF_RANGE', 'It is above 0, with at most 3 decimals.'],
  targetPrice: ({ amount, currencyCode }: { amount: string; currencyCode: string }) => {
    if (!isCurrency(currencyCode)) return ['BAD_CURRENCY', 'A currency is an ISO 4217 code, as SEK.'];
    return isWithin(amount, 4, '1e14') ? undefined : ['OUT_OF_RANGE', 'It is above 0, with at most 4 decimals.'];
  },
  tags: tagProblem,
};

/** What is wrong with a wish, each field by itself. */
export function problemsOf(wish: TrackedProductWish): UserError[] {
  return Object.entries(checks).flatMap(([field, check]) => {
    const value = wish[field as keyof TrackedProductWish];
    const problem = value === null || value === undefined ? undefined : (check as Check)(value as never);
    return problem ? [trackedProductError(problem[0], ['input', field], problem[1])] : [];
  });
}

/** An amount and its unit are set together, or neither is. */
export const contentProblems = ({ contentAmount, contentUnit }: TrackedProductValues): UserError[] =>
  (contentAmount ?? null) === null && (contentUnit ?? null) === null
    ? []
    : contentAmount && contentUnit
      ? []
      : [
          trackedProductError(
            'CONTENT_INCOMPLETE',
            ['input', contentAmount ? 'contentUnit' : 'contentAmount'],
            'Give both, or neither.',
          ),
        ];

const plainFields = ['imageUrl', 'condition', 'size', 'contentAmount', 'contentUnit', 'notes'] as const;

/** What a wish says of the row; what it leaves out is left out. A null empties what may be empty. */
export function valuesOf(wish: TrackedProductWish): TrackedProductValues {
  const { name, gtin, targetPrice, isFavourite } = wish;
  const plain = plainFields.filter((field) => wish[field] !== undefined).map((field) => [field, wish[field]]);
  return {
    ...Object.fromEntries(plain),
    ...(typeof name === 'string' ? { name: tidyName(name) } : {}),
    ...(gtin === undefined ? {} : { gtin: gtin === null ? null : readGtin(gtin) }),
    ...(typeof isFavourite === 'boolean' ? { isFavourite } : {}),
    ...(targetPrice === undefined
      ? {}
      : { targetPrice: targetPrice?.amount ?? null, targetCurrency: targetPrice?.currencyCode ?? null }),
  };
}

import type { ProductReading } from '@gastronom/product-page/reading';

/** What a person saw on a page. */
export interface ExpectedPage {
  readonly id: string;
  readonly file: string;
  readonly url?: string;
  readonly host: string;
  readonly title_any_of?: readonly string[];
  /** Null where the page sells nothing: a price read there is wrong. */
  readonly price?: string | null;
  readonly price_any_of?: readonly string[];
  readonly currency?: string | null;
  readonly availability?: 'in_stock' | 'out_of_stock' | null;
  /** Parts of the addresses of the product's pictures. */
  readonly image_keys?: readonly string[];
  /** What may be asked for at all; a page without it is no product's. */
  readonly assert?: { readonly price: boolean; readonly availability: boolean; readonly image: boolean };
  /** What another extractor read, for comparison. */
  readonly markup?: { readonly order_pick_right: boolean };
}

export interface ExpectedPages {
  readonly items: readonly ExpectedPage[];
}

export const verdicts = ['right', 'missing', 'wrong', 'untold'] as const;
/** `untold`: nobody says what is right. */
export type Verdict = (typeof verdicts)[number];

type Judge = (expected: ExpectedPage, reading: ProductReading) => Verdict;

const verdictOn = (read: string | null, isRight: (read: string) => boolean): Verdict => {
  if (read === null) return 'missing';
  return isRight(read) ? 'right' : 'wrong';
};

const sum = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
const words = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();

const judges: Readonly<Record<'price' | 'currency' | 'title' | 'availability' | 'image', Judge>> = {
  price({ assert, price, price_any_of }, reading) {
    if (!assert?.price || price === undefined) return 'untold';
    if (price === null) return reading.price === null ? 'right' : 'wrong';
    return verdictOn(reading.price, (read) => [price, ...(price_any_of ?? [])].map(sum).includes(sum(read)));
  },
  currency: ({ currency }, reading) => (currency ? verdictOn(reading.currency, (read) => read === currency) : 'untold'),
  title: ({ title_any_of }, reading) =>
    title_any_of ? verdictOn(reading.title, (read) => title_any_of.map(words).includes(words(read))) : 'untold',
  availability({ assert, availability }, reading) {
    if (!assert?.availability || !availability) return 'untold';
    const isInStock = (read: string): boolean => read === 'IN_STOCK' || read === 'PRE_ORDER';
    return verdictOn(reading.availability, (read) => isInStock(read) === (availability === 'in_stock'));
  },
  image({ assert, image_keys = [] }, reading) {
    if (!assert?.image || image_keys.length === 0) return 'untold';
    return verdictOn(reading.image, (read) => image_keys.some((key) => decodeURIComponent(read).includes(key)));
  },
};

export const judge = (field: keyof typeof judges, expected: ExpectedPage, reading: ProductReading): Verdict =>
  judges[field](expected, reading);

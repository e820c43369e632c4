import { adaptClaims } from './adapter/adapt-claims.ts';
import type { Claims } from './claims.ts';
import { type PageDocument, parsePage } from './document/page-document.ts';
import { type PageField, type PageToRead, type ProductReading, pageFields, type ReadingRules } from './reading.ts';
import { readByStore } from './selector/store-claims.ts';
import { TimeBox } from './selector/time-box.ts';
import { pageClaims } from './source/page-claims.ts';
import { choosePrice } from './source/price-choice.ts';

/** How long the selectors of a store may take on one page, all together: a hundred times what they need. */
const selectorsMs = 3_000;

type PlainField = Exclude<PageField, 'price' | 'oldPrice' | 'currency'>;
const pricedFields: ReadonlySet<PageField> = new Set(['price', 'oldPrice', 'currency']);
const plainFields = pageFields.filter((field): field is PlainField => !pricedFields.has(field));

const languageOf = (document: PageDocument, { locale }: ReadingRules): string | undefined =>
  locale ?? document.language ?? undefined;

function reading(
  claims: readonly Claims[],
  rules: ReadingRules,
  sourceOf: (field: PageField, by: Claims) => string,
): ProductReading {
  const sources: Partial<Record<PageField, string>> = {};
  const note = (field: PageField, by: Claims | null | undefined): void => {
    if (by) sources[field] = sourceOf(field, by);
  };
  const plain = Object.fromEntries(
    plainFields.map((field) => {
      const by = claims.find((one) => one[field] !== null);
      note(field, by);
      return [field, by?.[field] ?? null];
    }),
  ) as Pick<ProductReading, PlainField>;
  const { price, oldPrice, currency } = choosePrice(claims, rules.currency);
  note('price', price?.by);
  note('oldPrice', oldPrice?.by);
  note('currency', currency?.by);
  return {
    ...plain,
    price: price?.value ?? null,
    oldPrice: oldPrice?.value ?? null,
    currency: currency?.value ?? rules.currency ?? null,
    sources,
  };
}

/** A price that a store's selector did not come to find is not another one that the page has as well. */
const without = (claims: Claims, fields: ReadonlySet<PageField>): Claims => ({
  ...claims,
  ...Object.fromEntries([...fields].map((field) => [field, null])),
  rivals: fields.has('price') ? [] : claims.rivals,
});

/** What a product page says: the store's selectors first, then the data of a known marketplace, then what pages say of themselves. */
export function readProductPage(page: PageToRead, rules: ReadingRules): ProductReading {
  const document = parsePage(page.text, page.url);
  const locale = languageOf(document, rules);
  const said = adaptClaims(page, pageClaims(document, { locale, currency: rules.currency }));
  if (rules.selectors === undefined) return reading(said, rules, (_, by) => by.source);
  const currency = said.find((one) => one.currency !== null)?.currency ?? rules.currency;
  const fieldRules = { locale, currency: currency ?? undefined, base: document.base };
  const store = readByStore({ document, text: page.text }, rules, fieldRules, new TimeBox(selectorsMs));
  const selectors = { currency: store.selectors.price, ...store.selectors };
  const others = said.map((one) => without(one, store.undecided));
  return reading(
    [store.claims, ...others],
    rules,
    (field, by) => (by === store.claims && selectors[field]) || by.source,
  );
}

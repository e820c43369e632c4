import type { LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import { IntlMessageFormat } from 'intl-messageformat';
import { english } from './en.ts';
import { russian } from './ru.ts';
import { swedish } from './sv.ts';
import type { Catalogue } from './text-keys.ts';

export interface Text {
  readonly title: string;
  readonly body: string;
}

/** Money as it travels: a decimal string, and the currency. */
export interface MoneyParam {
  readonly amount: string;
  readonly currency: string;
}

/** A day without a time, `YYYY-MM-DD`. */
export interface DayParam {
  readonly day: string;
}

/** What some stores ask, to be listed. */
export interface OffersParam {
  readonly offers: readonly { readonly store: string; readonly price: MoneyParam }[];
}

/** What a text is made of. A text that is missing is null; catalogues know it as `none`. */
export type TextParams = Readonly<
  Record<string, string | number | boolean | null | MoneyParam | DayParam | OffersParam>
>;

const catalogues: Readonly<Record<LanguageName, Catalogue>> = { EN: english, SV: swedish, RU: russian };
const locales: Readonly<Record<LanguageName, string>> = { EN: 'en', SV: 'sv', RU: 'ru' };

const made = new Map<string, IntlMessageFormat>();

/** A catalogue's text, parsed once. */
function formatOf(language: LanguageName, key: keyof Catalogue): IntlMessageFormat {
  const name = `${language} ${key}`;
  const known = made.get(name);
  if (known) return known;
  const format = new IntlMessageFormat(catalogues[language][key], locales[language], undefined, { ignoreTag: true });
  made.set(name, format);
  return format;
}

function money({ amount, currency }: MoneyParam, language: LanguageName): string {
  // Intl reads decimal strings exactly; a float would round what it does not have to.
  return new Intl.NumberFormat(locales[language], { style: 'currency', currency }).format(amount as `${number}`);
}

function day({ day: text }: DayParam, language: LanguageName): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locales[language], options).format(new Date(`${text}T00:00:00Z`));
}

const mostOffers = 5;

function listed({ offers }: OffersParam, language: LanguageName): string {
  const shownOffers = offers.slice(0, mostOffers).map(({ store, price }) => `${store} ${money(price, language)}`);
  return [...shownOffers, ...(offers.length > mostOffers ? ['…'] : [])].join(', ');
}

function shown(value: TextParams[string], language: LanguageName): string | number {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return value;
  if ('offers' in value) return listed(value, language);
  return 'amount' in value ? money(value, language) : day(value, language);
}

function format(language: LanguageName, key: keyof Catalogue, params: TextParams): string {
  const values = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shown(value, language)]));
  return String(formatOf(language, key).format(values)).trim();
}

const pair = (
  language: LanguageName,
  kind: NotificationKindName | 'TEST' | 'CONFIRMATION',
  params: TextParams,
): Text => ({
  title: format(language, `${kind}.title`, params),
  body: format(language, `${kind}.body`, params),
});

/** A notification in a language. */
export const notificationText = (language: LanguageName, kind: NotificationKindName, params: TextParams): Text =>
  pair(language, kind, params);

export const testText = (language: LanguageName): Text => pair(language, 'TEST', {});

export const confirmationText = (language: LanguageName, code: string): Text =>
  pair(language, 'CONFIRMATION', { code });

/** Several notifications as one. */
export const digestText = (language: LanguageName, texts: readonly Text[]): Text => ({
  title: format(language, 'DIGEST.title', { count: texts.length }),
  body: texts.map(({ title, body }) => `${title}\n${body}`).join('\n\n'),
});

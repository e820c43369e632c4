import type { LanguageName } from '@gastronom/shared/notification';

/** What goes out on a channel. */
export interface Message {
  /** The same in every try, so that whoever can tell it apart shows it once. */
  readonly id: string;
  /** What it is about, as `order_received`; `test`, `confirmation` and `digest` beside. */
  readonly type: string;
  readonly language: LanguageName;
  readonly title: string;
  readonly body: string;
  readonly link?: string | undefined;
  readonly urgent: boolean;
  readonly at: Date;
  /** For machines: what the texts are made of. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** As much of a text as a service takes, in UTF-16 units; a pair is not torn. */
export const atMost = (text: string, length: number): string =>
  text.length > length
    ? `${text
        .slice(0, length - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
    : text;

/** Title, body and link in one text, for services that know nothing else. */
export const plainText = ({ title, body, link }: Message): string =>
  [title, body, link].filter((part) => part !== undefined && part !== '').join('\n\n');

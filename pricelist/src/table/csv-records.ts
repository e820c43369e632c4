import type { Place } from '@gastronom/commerceml/row';
import { CsvError, parse } from 'csv-parse/sync';
import type { Line } from './text-stream.ts';

export type CsvRecord = { place: Place; cells: string[] } | { place: Place; text: string; reason: string };

const mostLines = 200;

const hasOddQuotes = (text: string) => (text.split('"').length - 1) % 2 === 1;

/**
 * Joins the lines that a quoted line break parted, then takes them apart into cells. A quote that never closes costs its own
 * line and not the rest of the file, which is what a parser that runs over the whole file would make of it.
 */
export class CsvRecords {
  #open: { place: Place; text: string }[] = [];

  constructor(private readonly delimiter: string) {}

  *add({ place, text }: Line): Generator<CsvRecord> {
    if (text === undefined) {
      yield* this.end();
      yield { place, text: '', reason: 'the line is longer than 8 MB' };
      return;
    }
    if (this.#open.length === 0 && !text.includes('"')) {
      if (text.trim() !== '') yield { place, cells: text.split(this.delimiter) };
      return;
    }
    this.#open.push({ place, text });
    if (this.#open.length === 1 ? !hasOddQuotes(text) : hasOddQuotes(text)) yield* this.#close();
    else if (this.#open.length > mostLines) yield* this.#giveUpFirst();
  }

  *end(): Generator<CsvRecord> {
    while (this.#open.length > 0) yield* this.#giveUpFirst();
  }

  *#close(): Generator<CsvRecord> {
    const [first, ...others] = this.#open;
    if (!first) return;
    // Joined lines must be quoted by the rules; a single one may hold a stray quote, as in `Cafe "Uyut"` or `15"`.
    const cells = this.#cells([first, ...others].map((line) => line.text).join('\n'), others.length === 0);
    if (!cells) {
      yield* this.#giveUpFirst();
      return;
    }
    this.#open = [];
    yield { place: first.place, cells };
  }

  /** The first line is read alone, if it can be; the lines that it had drawn in are looked at afresh. */
  *#giveUpFirst(): Generator<CsvRecord> {
    const [first, ...rest] = this.#open;
    this.#open = [];
    if (!first) return;
    const cells = this.#cells(first.text, true);
    if (cells) yield { place: first.place, cells };
    else yield { ...first, reason: 'a quote is opened in this line and never closed' };
    for (const line of rest) yield* this.add(line);
  }

  #cells(text: string, lenient: boolean): string[] | undefined {
    try {
      return parse(text, { delimiter: this.delimiter, relax_quotes: lenient, relax_column_count: true })[0];
    } catch (error) {
      if (error instanceof CsvError) return undefined;
      throw error;
    }
  }
}

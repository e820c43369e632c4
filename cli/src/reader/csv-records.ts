import { parse } from 'csv-parse/sync';
import type { Place } from './row.ts';
import type { Line } from './text-stream.ts';

export type CsvRecord = { place: Place; cells: string[] } | { place: Place; text: string; reason: string };

const mostLines = 200;

const parseCells = (text: string, delimiter: string): string[][] =>
  parse(text, { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true });

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
    const lines = this.#open;
    const records = this.#cells(lines.map((line) => line.text).join('\n'));
    if (!records) {
      yield* this.#giveUpFirst();
      return;
    }
    this.#open = [];
    const separate = records.length === lines.length;
    for (const [i, cells] of records.entries())
      yield { place: (lines[separate ? i : 0] ?? lines[0])?.place as Place, cells };
  }

  /** The first line is read alone, if it can be; the lines that it had drawn in are looked at afresh. */
  *#giveUpFirst(): Generator<CsvRecord> {
    const [first, ...rest] = this.#open;
    this.#open = [];
    if (!first) return;
    const cells = this.#cells(first.text)?.[0];
    if (cells) yield { place: first.place, cells };
    else yield { ...first, reason: 'a quote is opened in this line and never closed' };
    for (const line of rest) yield* this.add(line);
  }

  #cells(text: string): string[][] | undefined {
    try {
      return parseCells(text, this.delimiter);
    } catch (error) {
      if (String((error as { code?: unknown }).code).startsWith('CSV_')) return undefined;
      throw error;
    }
  }
}

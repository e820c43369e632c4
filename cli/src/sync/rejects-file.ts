import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Place } from '@gastronom/commerceml/row';
import { UsageError } from '../cli-error.ts';

export interface RowError {
  code: string;
  field: string | null;
  message: string;
}

export interface RejectedRow {
  place: Place;
  row: unknown;
  errors: RowError[];
}

/** One rejected row a line: where it stood, as it came, and why. Made when the first row is rejected. */
export class RejectsFile {
  #bytes = 0;

  constructor(readonly path: string) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** Goes back to what was written when the state was last saved; the rest comes again. */
  resumeAt(bytes: number): void {
    if (bytes > 0) this.#do(() => truncateSync(this.path, bytes));
    this.#bytes = bytes;
  }

  append(rows: readonly RejectedRow[]): void {
    if (rows.length === 0) return;
    const lines = rows.map(({ place, row, errors }) =>
      JSON.stringify({ file: basename(place.file), line: place.line, row, errors }),
    );
    const text = `${lines.join('\n')}\n`;
    this.#do(() => (this.#bytes === 0 ? writeFileSync(this.path, text) : appendFileSync(this.path, text)));
    this.#bytes += Buffer.byteLength(text);
  }

  #do(write: () => void): void {
    try {
      write();
    } catch (error) {
      throw new UsageError(
        `rejected rows cannot be written to ${this.path} (${(error as Error).message}): give --rejects FILE`,
      );
    }
  }
}

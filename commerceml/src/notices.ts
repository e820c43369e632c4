/** Things worth saying once, however many rows they concern. */
export class Notices {
  readonly #counts = new Map<string, number>();
  readonly #ignored = new Set<string>();

  add(text: string, rows = 1): void {
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + rows);
  }

  /** A field or column that means nothing to us. */
  ignore(name: string): void {
    if (this.#ignored.size < 50) this.#ignored.add(name.slice(0, 60));
  }

  list(): string[] {
    const lines = [...this.#counts].map(([text, rows]) => (rows > 1 ? `${text} (${rows} rows)` : text));
    if (this.#ignored.size > 0)
      lines.unshift(`fields that are not known and were ignored: ${[...this.#ignored].join(', ')}`);
    return lines;
  }
}

/** Things worth saying once, however many rows they concern. */
export class Notices {
  readonly #counts = new Map<string, number>();

  add(text: string, rows = 1): void {
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + rows);
  }

  list(): string[] {
    return [...this.#counts].map(([text, rows]) => (rows > 1 ? `${text} (${rows} rows)` : text));
  }
}

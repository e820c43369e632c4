const most = 1_000;

/** What happened, as much of it as is sane to keep. */
export class Records<T> {
  #all: T[] = [];

  get all(): readonly T[] {
    return this.#all;
  }

  add(record: T): T {
    this.#all = [...this.#all.slice(1 - most), record];
    return record;
  }
}

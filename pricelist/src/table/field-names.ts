export interface Alias<Field> {
  readonly field: Field;
  /** 0 is the field's own name. */
  readonly rank: number;
}

/** `Ед. изм.` → `ед изм`, `stockQuantity` → `stock quantity`. */
function normalise(name: string): string {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const unitEnding = / (на 100 г|per 100 ?g|руб|р|rub|тг|тенге|kzt|шт|pcs|sek|kr|eur)$/;

// A hostile file may have a new key in each line.
const mostKept = 1000;

/** The names under which fields are met in columns and keys. */
export class FieldNames<Field extends string> {
  readonly #aliases: ReadonlyMap<string, Alias<Field>>;
  readonly #kept = new Map<string, Alias<Field> | undefined>();

  /** @param names for each field, names in the form that `normalise` gives them, the best one first. */
  constructor(names: Readonly<Record<Field, string>>) {
    this.#aliases = new Map(
      Object.entries<string>(names).flatMap(([field, list]) =>
        list.split('|').map((name, rank): [string, Alias<Field>] => [name, { field: field as Field, rank }]),
      ),
    );
  }

  /** The field that a column or key means; undefined for one we do not know. */
  find(name: string): Alias<Field> | undefined {
    if (this.#kept.has(name)) return this.#kept.get(name);
    const plain = normalise(name);
    const found = this.#aliases.get(plain) ?? this.#aliases.get(plain.replace(unitEnding, ''));
    if (this.#kept.size < mostKept) this.#kept.set(name, found);
    return found;
  }
}

/**
 * What JSON-LD, microdata and RDFa all say, in one form: something of some types, with properties. Names are without their
 * vocabulary and in lower case, since pages spell them as they like.
 */
export interface Thing {
  readonly types: readonly string[];
  readonly id: string | null;
  readonly properties: ReadonlyMap<string, readonly Value[]>;
}
export type Value = string | Thing;

/** `http://schema.org/Offer` and `schema:Offer` are `offer`; what another vocabulary names is left as it is. */
export const localName = (name: string): string =>
  name
    .trim()
    .replace(/^(https?:\/\/(www\.)?schema\.org\/|schema:)/i, '')
    .toLowerCase();

export const valuesOf = (thing: Thing, name: string): readonly Value[] => thing.properties.get(name) ?? [];

export const thingsOf = (thing: Thing, name: string): Thing[] =>
  valuesOf(thing, name).filter((value): value is Thing => typeof value !== 'string');

/** The texts of the first of these properties that has any. */
export function textsOf(thing: Thing, ...names: readonly string[]): string[] {
  for (const name of names) {
    const texts = valuesOf(thing, name).filter(
      (value): value is string => typeof value === 'string' && value.trim() !== '',
    );
    if (texts.length > 0) return texts;
  }
  return [];
}

/** What a property names of a vocabulary, as `InStock`: by text, or as the node that the text is the name of. */
export const termsOf = (thing: Thing, name: string): string[] =>
  valuesOf(thing, name).flatMap((value) => (typeof value === 'string' ? value : (value.id ?? [])));

export const isOfType = (thing: Thing, types: ReadonlySet<string>): boolean =>
  thing.types.some((type) => types.has(type));

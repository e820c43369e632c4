import slugify from '@sindresorhus/slugify';

/** As long as a slug may be. */
export const longestSlug = 64;

/** A name as it can stand in an address, other alphabets in Latin letters; empty where nothing of it can. */
export const slugOf = (name: string): string =>
  slugify(name, { decamelize: false, preserveCharacters: [] }).slice(0, longestSlug).replace(/-+$/, '');

/** The slug, or the first of `slug-2`, `slug-3` … that is not taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number += 1) {
    const ending = `-${number}`;
    const other = `${slug.slice(0, longestSlug - ending.length).replace(/-+$/, '')}${ending}`;
    if (!taken.has(other)) return other;
  }
}

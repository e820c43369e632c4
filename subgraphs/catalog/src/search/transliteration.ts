/** Letters of Russian, Ukrainian, Belarusian and Kazakh in the Latin spelling that most people type. */
const latinOf: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm',
  н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch',
  ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', ї: 'i', є: 'e', ґ: 'g', ў: 'u',
  ә: 'a', ғ: 'g', қ: 'k', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h',
}; // biome-ignore format: an alphabet reads best in lines

/** Where Czech, Slovak and Baltic spelling differs, once its accents are gone: «шпроты» stand on a tin as `Šproty`. */
const westernOf: Readonly<Record<string, string>> = {
  ...latinOf, ж: 'z', й: 'j', х: 'ch', ц: 'c', ч: 'c', ш: 's', щ: 'st', ю: 'ju', я: 'ja',
}; // biome-ignore format: an alphabet reads best in lines

/** Latin groups and letters as Cyrillic, longest first: enough for the stemmer to see the word's ending. */
const cyrillicOf: readonly (readonly [string, string])[] = [
  ['shch', 'щ'], ['sch', 'щ'], ['tch', 'ч'], ['sh', 'ш'], ['sz', 'ш'], ['ch', 'ч'], ['cz', 'ч'], ['zh', 'ж'],
  ['kh', 'х'], ['ts', 'ц'], ['tz', 'ц'], ['ph', 'ф'], ['ck', 'к'], ['ya', 'я'], ['ja', 'я'], ['ia', 'я'], ['yu', 'ю'],
  ['ju', 'ю'], ['iu', 'ю'], ['yo', 'е'], ['jo', 'е'], ['ye', 'е'], ['je', 'е'], ['ce', 'це'], ['ci', 'ци'],
  ['a', 'а'], ['b', 'б'], ['c', 'к'], ['d', 'д'], ['e', 'е'], ['f', 'ф'], ['g', 'г'], ['h', 'х'], ['i', 'и'],
  ['j', 'й'], ['k', 'к'], ['l', 'л'], ['m', 'м'], ['n', 'н'], ['o', 'о'], ['p', 'п'], ['q', 'к'], ['r', 'р'],
  ['s', 'с'], ['t', 'т'], ['u', 'у'], ['v', 'в'], ['w', 'в'], ['x', 'кс'], ['z', 'з'],
]; // biome-ignore format: an alphabet reads best in lines

const toCyrillic = (word: string): string =>
  cyrillicOf
    .reduce((text, [latin, cyrillic]) => text.replaceAll(latin, cyrillic), word)
    // `y` is ы after a consonant (syr), й after a vowel (chay).
    .replace(/(?<=[аеоуыюя])y/g, 'й')
    .replaceAll('y', 'ы');

const spell = (word: string, alphabet: Readonly<Record<string, string>>): string =>
  Array.from(word, (letter) => alphabet[letter] ?? letter).join('');

const carons = (word: string): string => word.replaceAll('š', 'sh').replaceAll('č', 'ch').replaceAll('ž', 'zh');

/** Letters that schemes of transliteration read in more than one way. */
const readings: readonly (readonly [RegExp, string])[] = [
  [/x/g, 'h'],
  [/c(?!h)/g, 'ts'],
  [/j/g, 'zh'],
  [/[yj]o/g, 'e'],
];

const isCyrillic = (word: string): boolean => /\p{Script=Cyrillic}/u.test(word);

/** How a word may stand in the catalogue. */
export interface Spellings {
  /** Itself first, then others that words of the catalogue may sound like. */
  readonly sounding: readonly string[];
  /** Others that count only letter by letter: by their sound they would be mistaken for too much. */
  readonly literal: readonly string[];
}

/** The spellings of a word in lower case. */
export function spellingsOf(word: string): Spellings {
  if (isCyrillic(word)) return { sounding: [word, spell(word, latinOf)], literal: [spell(word, westernOf)] };
  if (!/[a-z]/.test(word)) return { sounding: [word], literal: [] };
  const latin = carons(word);
  const other = readings.map(([letters, reading]) => latin.replace(letters, reading));
  return { sounding: [...new Set([word, latin, ...other, toCyrillic(latin)])], literal: [] };
}

/** Of a word's spellings the one that most would write in the other script; itself where there is none. */
export function inOtherScript({ sounding: [word = '', ...others] }: Spellings): string {
  const written = isCyrillic(word);
  return others.find((other) => isCyrillic(other) !== written) ?? word;
}

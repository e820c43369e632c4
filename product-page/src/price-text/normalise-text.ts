/** A price stands at the front of its text; the rest of a long one is not looked at. */
const longestText = 1_000;

const entities: Readonly<Record<string, string>> = {
  nbsp: ' ',
  thinsp: ' ',
  '#160': ' ',
  '#8239': ' ',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
};

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const isDigit = /\p{Nd}/u;

/** `12⁹⁹` is twelve and 99 hundredths; any other raised digits are footnotes. */
const raisedDigits = (run: string, at: number, text: string): string => {
  if (run.length !== 2 || !isDigit.test(text[at - 1] ?? '')) return ' ';
  return ` ${[...run].map((raised) => superscripts.indexOf(raised)).join('')}`;
};

/** Every script's digits stand in tens, one after the other: how far a digit is from the first of its ten is its value. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && isDigit.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/** One spelling of what looks alike: digits of all scripts as ASCII, all blanks as one space, all apostrophes as one. */
export function normaliseText(text: string): string {
  return (
    text
      .slice(0, longestText)
      .replace(/&(nbsp|thinsp|#160|#8239|euro|pound|yen|cent);/g, (whole, name: string) => entities[name] ?? whole)
      .replace(/[⁰¹²³⁴-⁹]+/g, raisedDigits)
      .replace(/[´`’‘ʼʻ′]/g, "'")
      .normalize('NFKC')
      .replace(/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
      .replace(/(?![0-9])\p{Nd}/gu, asciiDigit)
      .replace(/[\u2010-\u2015\u2212\u30fc]/g, (dash) => (dash === '\u30fc' ? dash : '-'))
      .replace(/[〜～∼]/g, '~')
      .replace(/،/g, ',')
      // The one capital whose lower case is longer than itself.
      .replace(/İ/g, 'I')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

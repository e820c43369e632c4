import type { WrittenNumber } from './read-number.ts';

/** A sum as an exact decimal string; `isShaped` where it is written as only sums of money are. */
export interface Sum {
  readonly amount: string;
  readonly isShaped: boolean;
}

export interface SumRules {
  /** How many decimals the currency has; null where it is not known. */
  readonly decimals: 0 | 2 | 3 | null;
  /** The mark before decimals where the store's locale says. */
  readonly decimalMark: '.' | ',' | null;
  /** The locale is of the currency's own country: its marks bind. */
  readonly isHome: boolean;
  /** ISO 4217. */
  readonly currency: string | null;
}

/** More digits than any price has. */
const mostWholeDigits = 15;

function sum(whole: string, fraction: string, isShaped: boolean): Sum | null {
  const digits = whole.replace(/^0+(?=\d)/, '');
  if (digits.length > mostWholeDigits || fraction.length > 10) return null;
  return { amount: `${digits === '' ? '0' : digits}${fraction === '' ? '' : `.${fraction}`}`, isShaped };
}

/** Groups of three, or India's: three at the end and pairs before. */
function areGroups(runs: readonly string[], mark: string): boolean {
  const [first = '', ...rest] = runs;
  if (rest.length === 0) return true;
  if (first === '' || first.length > 3) return false;
  if (rest.at(-1)?.length !== 3) return false;
  const inner = rest.slice(0, -1);
  return (
    inner.every(({ length }) => length === 3) ||
    (mark === ',' && first.length <= 2 && inner.every(({ length }) => length === 2))
  );
}

/** All marks before the last one group; the last parts the decimals. */
function withDecimals(runs: readonly string[], marks: readonly string[], isShaped: boolean): Sum | null {
  const groups = runs.slice(0, -1);
  const groupMarks = marks.slice(0, -1);
  const [mark = ''] = groupMarks;
  if (groupMarks.some((other) => other !== mark) || !areGroups(groups, mark)) return null;
  return sum(groups.join(''), runs.at(-1) ?? '', isShaped);
}

const isDecimalInThousandths = (mark: string, { currency, decimalMark }: SumRules): boolean =>
  currency === 'TND' || mark === (decimalMark ?? '.');

/** `1.299` and its like: one mark, three digits behind it. */
function ambiguous(runs: readonly string[], mark: string, rules: SumRules): Sum | null {
  const [whole = '', behind = ''] = runs;
  if (whole === '' || whole === '0' || whole.length > 3) return sum(whole, behind, false);
  if (rules.decimals === 3 && isDecimalInThousandths(mark, rules)) return sum(whole, behind, true);
  // At home the mark would part decimals that the currency does not have: either reading may be wrong.
  if (rules.decimals === 2 && rules.isHome && mark === rules.decimalMark) return null;
  return whole.startsWith('0') ? null : sum(whole + behind, '', false);
}

function oneKind(runs: readonly string[], marks: readonly string[], rules: SumRules): Sum | null {
  const [mark = ''] = marks;
  const last = runs.at(-1) ?? '';
  if (mark === "'" || mark === ' ') return areGroups(runs, mark) ? sum(runs.join(''), '', true) : null;
  if (marks.length > 1) {
    if (areGroups(runs, mark)) return sum(runs.join(''), '', true);
    const isOddlyDecimal = last.length === 2 && runs.slice(1, -1).every(({ length }) => length === 3);
    return isOddlyDecimal && runs[0]?.length !== 0 && (runs[0]?.length ?? 0) <= 3
      ? sum(runs.slice(0, -1).join(''), last, true)
      : null;
  }
  if (last.length === 3) return ambiguous(runs, mark, rules);
  // `1.599` and raised `99` that lost their place: no sum of hundredths has five decimals.
  if (last.length === 5 && rules.decimals === 2 && /^[1-9]\d{0,2}$/.test(runs[0] ?? ''))
    return sum(`${runs[0]}${last.slice(0, 3)}`, last.slice(3), true);
  return sum(runs[0] ?? '', last, last.length === 2);
}

/** `$.750.30`: a point that belongs to what stands before. */
const withoutStrayPoint = (written: WrittenNumber): WrittenNumber =>
  written.runs[0] === '' && written.marks.length > 1 && written.runs.at(-1)?.length === 2
    ? { ...written, runs: written.runs.slice(1), marks: written.marks.slice(1) }
    : written;

/** What a written number is as a sum; null where it is none, or could be two. */
export function decideSum(written: WrittenNumber, rules: SumRules): Sum | null {
  const { runs, marks, isWhole } = withoutStrayPoint(written);
  const last = marks.at(-1);
  if (last === undefined) return sum(runs[0] ?? '', '', isWhole);
  if (last === '|') return rules.decimals === 2 ? withDecimals(runs, marks, true) : null;
  if (last === '٫') return withDecimals(runs, marks, true);
  if (marks.every((mark) => mark === last)) {
    const found = oneKind(runs, marks, rules);
    return found === null || !isWhole ? found : { ...found, isShaped: true };
  }
  if (marks.filter((mark) => mark === last).length > 1 || last === "'" || last === ' ' || last === '٬') {
    return last === '.' || last === ',' || !areGroups(runs, last) ? null : sum(runs.join(''), '', true);
  }
  return withDecimals(runs, marks, true);
}

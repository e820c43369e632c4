/** A decimal number as its digits: no float comes near a price. */
export interface DecimalDigits {
  readonly negative: boolean;
  /** Without leading zeros; empty for a number under one. */
  readonly whole: string;
  readonly fraction: string;
}

const minus = '[-−–]';
/** Digits with at most one mark: `12`, `12,5`, `12.`, `,5`. */
const plain = new RegExp(`^(\\+|${minus})? ?(?:(\\d+)(?:[.,](\\d*))?|[.,](\\d+))((?<=\\d)${minus})?$`);
/** Thousands in groups by one and the same mark: `1 234,50`, `1'234.50`, `1.234,50`, `1,234,567`. */
const grouped = new RegExp(
  `^(\\+|${minus})? ?(\\d{1,3}(?:([ '’.,])\\d{3})(?:\\3\\d{3})*)(?:([.,])(\\d*))?((?<=\\d)${minus})?$`,
);
const scientific = /^([+-])?(\d+)(?:[.,](\d*))?e([+-]?\d{1,3})$/i;
const spaces = /[\s\u200b\u2060]+/g;

function digitsOf(before: string | undefined, whole: string, fraction: string, after?: string) {
  if (before && after) return undefined;
  const negative = Boolean(after) || Boolean(before && before !== '+');
  return { negative, whole: whole.replace(/^0+/, ''), fraction };
}

function shift({ negative, whole, fraction }: DecimalDigits, by: number): DecimalDigits {
  const digits = whole + fraction;
  const point = whole.length + by;
  const moved =
    point <= 0 ? ['', '0'.repeat(-point) + digits] : [digits.slice(0, point).padEnd(point, '0'), digits.slice(point)];
  return { negative, whole: (moved[0] ?? '').replace(/^0+/, ''), fraction: moved[1] ?? '' };
}

function parseScientific(text: string): DecimalDigits | undefined {
  const match = scientific.exec(text);
  const digits = match && digitsOf(match[1], match[2] ?? '', match[3] ?? '');
  return digits ? shift(digits, Number(match[4])) : undefined;
}

function parseGrouped(text: string): DecimalDigits | undefined {
  const match = grouped.exec(text);
  if (!match || match[4] === match[3]) return undefined;
  return digitsOf(match[1], (match[2] ?? '').replace(/\D/g, ''), match[5] ?? '', match[6]);
}

function parseText(text: string): DecimalDigits | undefined {
  const match = plain.exec(text);
  if (match) return digitsOf(match[1], match[2] ?? '', match[3] ?? match[4] ?? '', match[5]);
  return parseGrouped(text) ?? parseScientific(text);
}

/**
 * Reads a number as JSON has it, or as 1C and the tables around it print it. A comma or a point that stands alone is the
 * decimal mark (`1,234` is one and a bit: 1C parts thousands by a space); of two different marks the last one is.
 * Repeated marks part thousands. A minus may stand behind the number, where reports print it.
 * @returns nothing for what is no number, `NaN` and `Infinity` included.
 */
export function parseDecimal(raw: unknown): DecimalDigits | undefined {
  if (typeof raw === 'number') return Number.isFinite(raw) ? parseText(String(raw)) : undefined;
  if (typeof raw !== 'string') return undefined;
  return parseText(raw) ?? parseText(raw.trim().replace(spaces, ' '));
}

/** Rounds half away from zero, as 1C does, and writes exactly `scale` digits behind the point. */
export function roundDecimal({ negative, whole, fraction }: DecimalDigits, scale: number): string {
  const kept = fraction.slice(0, scale).padEnd(scale, '0');
  const up = (fraction[scale] ?? '0') >= '5';
  const digits = (up ? String(BigInt(`0${whole}${kept}`) + 1n) : `${whole}${kept}`).padStart(scale + 1, '0');
  const isZero = /^0*$/.test(digits);
  const point = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return negative && !isZero ? `-${text}` : text;
}

/** How many digits stand before the point of a rounded decimal. */
export function wholeDigits(decimal: string): number {
  const start = decimal.startsWith('-') ? 1 : 0;
  const point = decimal.indexOf('.');
  return (point === -1 ? decimal.length : point) - start;
}

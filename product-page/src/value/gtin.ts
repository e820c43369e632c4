const lengths: ReadonlySet<number> = new Set([8, 12, 13, 14]);

/** GS1's check digit: weights 3 and 1 in turn, from the right. */
function isChecked(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const weight = (digits.length - index) % 2 === 0 ? 3 : 1;
    sum += weight * Number(digits[index]);
  }
  return sum % 10 === 0;
}

/** A GTIN of a page, with or without `ean:` before it; null where it is none. All zeros, as some shops fill in, are none. */
export function readGtin(text: string): string | null {
  const digits = text
    .trim()
    .replace(/^(gtin(-?\d+)?|ean(-?\d+)?|upc(-?a)?|isbn(-?13)?):?\s*/i, '')
    .replace(/[\s-]/g, '');
  if (!/^\d+$/.test(digits) || !lengths.has(digits.length) || /^0+$/.test(digits)) return null;
  return isChecked(digits) ? digits : null;
}

const lengths = new Set([8, 12, 13, 14]);

/**
 * A GTIN as its digits; null for what is none. The check digit brings the sum of all digits, every second one from the
 * right threefold, to a multiple of ten (GS1 General Specifications, section 7.9).
 */
export function readGtin(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d+$/.test(digits) || !lengths.has(digits.length) || /^0+$/.test(digits)) return null;
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0 ? digits : null;
}

/** A GTIN with and without the zeros that fill it up to 8, 12, 13 or 14 digits: all mean the same. */
export function writingsOf(gtin: string): string[] {
  const digits = gtin.replace(/^0+/, '');
  return [...lengths].filter((length) => length >= digits.length).map((length) => digits.padStart(length, '0'));
}

const lengths = new Set([8, 12, 13, 14]);

/**
 * A GTIN as its digits; null for what is none. The check digit brings the sum of all digits, every second one from the
 * right threefold, to a multiple of ten (GS1 General Specifications, section 7.9).
 */
export function readGtin(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d+$/.test(digits) || !lengths.has(digits.length)) return null;
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0 ? digits : null;
}

/** An exact decimal string times a power of ten. */
export function movePoint(amount: string, places: number): string {
  if (places === 0) return amount;
  const [whole = '0', fraction = ''] = amount.split('.');
  if (places > 0) {
    const moved = whole + fraction.slice(0, places).padEnd(places, '0');
    const rest = fraction.slice(places);
    return `${moved.replace(/^0+(?=\d)/, '')}${rest === '' ? '' : `.${rest}`}`;
  }
  const padded = whole.padStart(1 - places, '0');
  return `${padded.slice(0, places)}.${padded.slice(places)}${fraction}`;
}

/** Below zero where the first of two decimal strings is the smaller one. */
export function compareAmounts(one: string, other: string): number {
  const [oneWhole = '', oneFraction = ''] = one.split('.');
  const [otherWhole = '', otherFraction = ''] = other.split('.');
  const length = Math.max(oneFraction.length, otherFraction.length);
  const difference =
    BigInt(oneWhole + oneFraction.padEnd(length, '0')) - BigInt(otherWhole + otherFraction.padEnd(length, '0'));
  return difference < 0n ? -1 : Number(difference > 0n);
}

import type { LooseDecimal } from './row.ts';

const kilograms = /^\s*(\d+)(?:[.,](\d+))?\s*$/;

/** Kilograms to grams by moving the point, so that 0.1 kg is 100 g and not 100.00000000000001. */
export function gramsOf(value: LooseDecimal): LooseDecimal {
  const match = kilograms.exec(String(value));
  if (!match) return value;
  const fraction = (match[2] ?? '').padEnd(3, '0');
  return `${match[1]}${fraction.slice(0, 3)}.${fraction.slice(3)}`.replace(/^0+(?=\d)/, '').replace(/\.$/, '');
}

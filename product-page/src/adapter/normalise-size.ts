const letters: Readonly<Record<string, string>> = {
  'extra extra small': 'XXS',
  'extra small': 'XS',
  xsmall: 'XS',
  small: 'S',
  medium: 'M',
  large: 'L',
  'extra large': 'XL',
  xlarge: 'XL',
  'extra extra large': 'XXL',
  '2xl': 'XXL',
  '3xl': 'XXXL',
  'one size': 'ONE SIZE',
  'one size fits all': 'ONE SIZE',
  os: 'ONE SIZE',
  フリーサイズ: 'ONE SIZE',
  free: 'ONE SIZE',
};

const longestSize = 100;

/** One writing of a size for how sellers put it: `Medium (M)` and `m` are `M`; numbers keep their system, `US 8`. */
export function normaliseSize(text: string): string | null {
  const size = text
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(/^size:? /i, '')
    .trim()
    .slice(0, longestSize);
  if (size === '' || /^(other|n\/?a|none|-|なし)$/i.test(size)) return null;
  const [, bracketed] = /^[\p{L} -]+\(([2-4]?X{0,4}[SML])\)$/iu.exec(size) ?? [];
  const plain = (bracketed ?? size).toLowerCase().replaceAll('-', ' ');
  const letter = letters[plain] ?? letters[plain.replaceAll(' ', '')];
  if (letter !== undefined) return letter;
  return /^[2-4]?x{0,4}[sml]$/.test(plain) ? plain.toUpperCase() : (bracketed ?? size);
}

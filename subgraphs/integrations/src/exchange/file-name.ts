import { ExchangeFailure } from './exchange-failure.ts';

const longest = 255;

// biome-ignore lint/suspicious/noControlCharactersInRegex: that they are in no name is the point
const control = /[\u0000-\u001f\u007f]/;

/** Why a name cannot be one of a file within the exchange's folder; undefined for one that can. */
function fault(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.length > longest) return `it is longer than ${longest} characters`;
  if (control.test(name) || !name.isWellFormed()) return 'it holds characters that no file name has';
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) return 'it must not lead out of the folder of the exchange';
  if (name.split('/').includes('..')) return 'it must not lead out of the folder of the exchange';
  return undefined;
}

const plain = (raw: string): string =>
  raw
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .replaceAll(/\/{2,}/g, '/');

/** The name of a file as 1C gives it, `import_files/ab/cd.jpg`. It is only ever a name: nothing is written to a disk. */
export function readFileName(raw: unknown): string {
  if (typeof raw !== 'string') throw new ExchangeFailure('The request names no file: `filename` is missing.');
  const leadsOut = raw.trim().startsWith('\\\\') || raw.trim().startsWith('//');
  const name = plain(raw);
  const why = leadsOut ? 'it must not lead out of the folder of the exchange' : fault(name);
  if (why === undefined) return name;
  throw new ExchangeFailure(`The file name ${JSON.stringify(raw.slice(0, 80))} cannot be used: ${why}.`);
}

/** The same name is written with either slash, and in either case, by the two files that mention it. */
export const pictureKey = (name: string): string => plain(name).toLowerCase();

export const isArchive = (name: string): boolean => /\.zip$/i.test(name);
export const isData = (name: string): boolean => /\.xml$/i.test(name);
export const isPicture = (name: string): boolean => /\.(jpe?g|png|gif|webp|avif|bmp|tiff?|heic)$/i.test(name);

import { DomainError } from '@gastronom/shared/domain-error';

/** Kinds of pictures that are taken. */
const imageTypes = ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const;
export type ImageType = (typeof imageTypes)[number];

const startsWith = (text: string, at = 0) => {
  const wanted = Buffer.from(text, 'latin1');
  return (bytes: Buffer): boolean => bytes.subarray(at, at + wanted.length).equals(wanted);
};

/** The brands that an ISO media file names: its own, and those it is compatible with. */
function brands(bytes: Buffer): string[] {
  if (bytes.length < 16 || !startsWith('ftyp', 4)(bytes)) return [];
  const end = Math.min(bytes.readUInt32BE(0), 64, bytes.length);
  const list = [bytes.toString('latin1', 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) list.push(bytes.toString('latin1', at, at + 4));
  return list;
}

const isAvif = (bytes: Buffer) => brands(bytes).some((brand) => brand === 'avif' || brand === 'avis');

const taken: readonly (readonly [ImageType, (bytes: Buffer) => boolean])[] = [
  ['jpeg', startsWith('\xff\xd8\xff')],
  ['png', startsWith('\x89PNG\r\n\x1a\n')],
  ['gif', (bytes) => startsWith('GIF87a')(bytes) || startsWith('GIF89a')(bytes)],
  ['webp', (bytes) => startsWith('RIFF')(bytes) && startsWith('WEBP', 8)(bytes)],
  ['avif', isAvif],
  ['tiff', (bytes) => startsWith('II*\0')(bytes) || startsWith('MM\0*')(bytes)],
];

const saveOtherwise = 'Save it as JPEG, PNG, WebP, AVIF, GIF or TIFF.';
const isMarkup = (bytes: Buffer) => /^\ufeff?\s*<(!doctype|html|head|body|script|\?php)/i.test(opening(bytes));
const isSvg = (bytes: Buffer) => /<svg[\s>]/i.test(opening(bytes));

/** What is not taken, and what its sender should do. */
const refused: readonly (readonly [(bytes: Buffer) => boolean, string])[] = [
  [isSvg, 'This is an SVG, which is a program rather than a picture. Send it drawn, as PNG.'],
  [isMarkup, 'This is a page of HTML, not a picture.'],
  [startsWith('BM'), `This is a BMP. ${saveOtherwise}`],
  [(bytes) => brands(bytes).some((brand) => /^(hei|hev|mif1)/.test(brand)), `This is a HEIC. ${saveOtherwise}`],
  [startsWith('%PDF'), `This is a PDF. ${saveOtherwise}`],
  [startsWith('\0\0\u0001\0'), `This is an icon file. ${saveOtherwise}`],
  [startsWith('PK\u0003\u0004'), 'This is a ZIP archive. Send each picture in a request of its own.'],
  [startsWith('--'), 'This looks like a form. Send the bytes of the picture themselves as the body.'],
  [(bytes) => /^\s*[{[]/.test(opening(bytes)), 'This is JSON. Send the bytes of the picture themselves as the body.'],
  [startsWith('data:'), 'This is a data URL. Send the bytes of the picture themselves as the body.'],
];

const opening = (bytes: Buffer): string => bytes.toString('utf8', 0, 1_024);

/** What the bytes are, by themselves: what a name or a header says of them is not believed. */
export function sniffType(bytes: Buffer): ImageType {
  if (bytes.length === 0)
    throw new DomainError('BAD_REQUEST', 'The body is empty: it is to be the bytes of a picture.');
  const found = taken.find(([, fits]) => fits(bytes));
  if (found) return found[0];
  const known = refused.find(([fits]) => fits(bytes));
  throw new DomainError('UNSUPPORTED_MEDIA_TYPE', known?.[1] ?? `These bytes are no picture. ${saveOtherwise}`);
}

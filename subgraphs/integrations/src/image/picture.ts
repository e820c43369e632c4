import { DomainError } from '@gastronom/shared/domain-error';
import type { Logger } from '@gastronom/shared/logger';
import type { Metadata, SharpOptions } from 'sharp';
import { hidesCargo } from './hidden-cargo.ts';
import type { ImageSettings } from './image-settings.ts';
import { loadSharp, type Sharp } from './load-sharp.ts';
import { type ImageType, sniffType } from './sniff-type.ts';

/** What every browser shows, for those that take nothing better. */
export type PlainType = 'jpeg' | 'png';
export type VariantType = 'webp' | 'avif';

/** A picture that can be shown, and its plain form. */
export interface Picture {
  readonly type: ImageType;
  /** As it is seen: turned the way its camera was held. */
  readonly width: number;
  readonly height: number;
  readonly plainType: PlainType;
  /** Written by us alone: no metadata, sRGB, no wider than the widest variant. */
  readonly plain: Buffer;
}

/** Seconds after which a picture counts as made to keep us busy. */
const patience = { seconds: 20 };
/** WebP ends at 16,383 pixels. */
const highest = 16_000;

const bad = (message: string) => new DomainError('BAD_REQUEST', message);
const damaged = 'The picture is damaged or cut short: it cannot be read to its end. Send the whole file.';

const optionsFor = (pixelLimit: number): SharpOptions => ({ failOn: 'warning', limitInputPixels: pixelLimit });

async function readHeader(sharp: Sharp, bytes: Buffer, type: ImageType, pixelLimit: number): Promise<Metadata> {
  // The limit is ours to check, so that it gets a sentence of its own; only the header is read here.
  const header = await sharp(bytes, { failOn: 'warning', limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (!header) throw bad(damaged);
  if (header.format !== (type === 'avif' ? 'heif' : type)) throw bad(damaged);
  const pixels = header.width * header.height * (header.pages ?? 1);
  if (pixels > pixelLimit)
    throw new DomainError(
      'PAYLOAD_TOO_LARGE',
      `The picture has ${millions(pixels)} million pixels (${header.width} × ${header.height}${(header.pages ?? 1) > 1 ? `, ${header.pages} frames` : ''}), ${millions(pixelLimit)} million at most. Send it smaller.`,
    );
  return header;
}

const millions = (pixels: number): string => (pixels / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });

/** The box that a width stands for; no picture is made larger than it is. */
const boxOf = (width: number) => ({ width, height: highest, fit: 'inside', withoutEnlargement: true }) as const;

/** Drawings keep their sharp edges, and what is see-through stays so. */
const plainTypeOf = (type: ImageType, header: Metadata): PlainType =>
  header.hasAlpha || type === 'gif' || header.isPalette ? 'png' : 'jpeg';

/** Reads a picture to its last pixel, so that one that is damaged is refused now and not when somebody wants to see it. */
export async function readPicture(bytes: Buffer, settings: ImageSettings, logger: Logger): Promise<Picture> {
  const { sizeLimit, pixelLimit, widths } = settings;
  if (bytes.length > sizeLimit)
    throw new DomainError(
      'PAYLOAD_TOO_LARGE',
      `The picture has ${(bytes.length / 1024 / 1024).toFixed(1)} MB, ${(sizeLimit / 1024 / 1024).toFixed(1)} MB at most.`,
    );
  const type = sniffType(bytes);
  if (hidesCargo(type, bytes)) throw bad('Behind the picture hangs a file of another kind. Send the picture alone.');
  const sharp = await loadSharp(logger);
  const header = await readHeader(sharp, bytes, type, pixelLimit);
  const plainType = plainTypeOf(type, header);
  const { width, height } = header.autoOrient;
  const pipeline = sharp(bytes, optionsFor(pixelLimit))
    .timeout(patience)
    .autoOrient()
    .resize(boxOf(Math.min(widths.at(-1) ?? width, width)))
    .toColourspace('srgb');
  const written = plainType === 'png' ? pipeline.png() : pipeline.jpeg({ quality: 88 });
  const plain = await written.toBuffer().catch((error: Error) => {
    logger.info({ reason: error.message }, 'a picture cannot be read');
    throw bad(damaged);
  });
  return { type, width, height, plainType, plain };
}

/** Makes a variant out of the picture as it came: nothing is lost twice. */
export async function makeVariant(
  original: Buffer,
  { width, type }: { readonly width: number; readonly type: VariantType },
  pixelLimit: number,
  logger: Logger,
): Promise<Buffer> {
  const sharp = await loadSharp(logger);
  const pipeline = sharp(original, optionsFor(pixelLimit))
    .timeout(patience)
    .autoOrient()
    .resize(boxOf(width))
    .toColourspace('srgb');
  // AVIF's usual effort takes ten times as long for a few kilobytes less.
  return (type === 'avif' ? pipeline.avif({ quality: 55, effort: 2 }) : pipeline.webp({ quality: 80 })).toBuffer();
}

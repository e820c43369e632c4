import { DomainError } from '@gastronom/shared/domain-error';
import type { Logger } from '@gastronom/shared/logger';
import type sharpModule from 'sharp';

export type Sharp = typeof sharpModule;

/** Those of libvips that read what we take: no other may be talked into reading, whatever the bytes look like. */
const readers = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((kind) => `VipsForeignLoad${kind}`);

let loading: Promise<Sharp> | undefined;

async function load(): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  // One thread a picture: several are worked on at a time, and requests want the other cores.
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: readers });
  return sharp;
}

/** The library that works on pictures. It is loaded when the first one comes: most starts of the product need none. */
export async function loadSharp(logger: Logger): Promise<Sharp> {
  loading ??= load();
  try {
    return await loading;
  } catch (error) {
    loading = undefined;
    logger.error({ err: error }, 'sharp cannot be loaded');
    throw new DomainError(
      'SUBGRAPH_UNAVAILABLE',
      `Pictures cannot be worked on here: the library sharp has no binary for ${process.platform}-${process.arch}. Install the dependencies again, with optional ones.`,
    );
  }
}

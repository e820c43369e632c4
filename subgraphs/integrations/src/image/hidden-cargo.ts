import type { ImageType } from './sniff-type.ts';

/** Where the picture ends, by its own account; undefined where that cannot be told. */
const ends: Partial<Record<ImageType, (bytes: Buffer) => number | undefined>> = {
  png(bytes) {
    for (let at = 8; at + 12 <= bytes.length; ) {
      const next = at + 12 + bytes.readUInt32BE(at);
      if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return next;
      at = next;
    }
    return undefined;
  },
  jpeg(bytes) {
    for (let at = 2; at + 4 <= bytes.length; ) {
      const marker = bytes[at + 1] ?? 0;
      if (bytes[at] !== 0xff) return undefined;
      if (marker === 0xd9) return at + 2;
      if (marker === 0xff) at += 1;
      else at = marker === 0xda ? afterScan(bytes, at) : at + 2 + bytes.readUInt16BE(at + 2);
    }
    return undefined;
  },
  webp: (bytes) => (bytes.length < 8 ? undefined : 8 + bytes.readUInt32LE(4)),
};

/** The next marker behind the compressed data of a scan: within it, 0xff is followed by 0 or by a restart marker. */
function afterScan(bytes: Buffer, start: number): number {
  let at = bytes.indexOf(0xff, start + 2);
  while (at >= 0) {
    const next = bytes[at + 1] ?? 0xd9;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
    at = bytes.indexOf(0xff, at + 2);
  }
  return bytes.length;
}

/** What a browser, an archiver or an interpreter would run or open. Cameras hang harmless things behind a picture too. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the marks of archives and programs have some
const cargo = /<(!doctype|html|script|svg|iframe|\?php)|%PDF-|PK\x03\x04|\x7fELF|javascript:/i;

/** Whether a file of another kind hangs behind the picture. */
export function hidesCargo(type: ImageType, bytes: Buffer): boolean {
  const end = ends[type]?.(bytes);
  return end !== undefined && end < bytes.length && cargo.test(bytes.toString('latin1', end));
}

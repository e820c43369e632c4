import { createHash } from 'node:crypto';

/** The pieces that a file has so far, as far as it matters where the next one goes. Hashes are SHA-256. */
export interface ChunksSoFar {
  readonly firstLength: number;
  readonly firstHash: Buffer;
  readonly lastHash: Buffer;
}

/** What a piece is: the continuation, a repetition of the last one, or the file from its beginning once more. */
export type ChunkPlace = 'NEXT' | 'REPEATED' | 'RESTART';

const shortestTelling = 16;

/** Nothing but one byte over and over: two such pieces may well stand side by side in a file. */
const isUniform = (chunk: Buffer): boolean => chunk.every((byte) => byte === chunk[0]);

const xmlBegins = /^(?:\xef\xbb\xbf)?<\?xml[\s]/;

/**
 * The protocol says nothing of offsets, so that a piece sent again after a lost answer must be known by its bytes. Pieces
 * of a file are of one size, and only the last is shorter: equal neighbours are a repetition when they are the short end,
 * or when they are long and varied enough to be no accident. A piece with which a document begins starts the file anew.
 */
export function placeOf(chunk: Buffer, soFar: ChunksSoFar | undefined): ChunkPlace {
  if (!soFar) return 'NEXT';
  const begins = (bytes: Buffer) => xmlBegins.test(bytes.toString('latin1', 0, 9));
  const hash = createHash('sha256').update(chunk).digest();
  if (hash.equals(soFar.lastHash)) {
    const isEnd = chunk.length < soFar.firstLength;
    const tells = chunk.length >= shortestTelling && !isUniform(chunk);
    if (isEnd || tells) return 'REPEATED';
  }
  if (begins(chunk)) return 'RESTART';
  const tellsBeginning = chunk.length >= shortestTelling && !isUniform(chunk);
  return tellsBeginning && hash.equals(soFar.firstHash) ? 'RESTART' : 'NEXT';
}

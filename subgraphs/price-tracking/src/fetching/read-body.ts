import { Readable, type Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { FetchTrouble, tooLarge } from './fetch-trouble.ts';

type Body = Dispatcher.ResponseData['body'];

export interface BodyLimits {
  /** Of the page, packed and unpacked. */
  readonly bytes: number;
  /** What is longer is cut there rather than refused. */
  readonly isCut: boolean;
  /** Told of what came, also of what is then thrown away. */
  readonly onBytes: (count: number) => void;
}

/** More than one is rare, and a way to make much of little. */
const mostEncodings = 2;

const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** `deflate` is to be zlib's format (RFC 9110, 8.4.1.2), and is sent bare by some. */
const isZlib = (first: Buffer): boolean => first.length > 0 && ((first[0] ?? 0) & 0x0f) === 8;

function unpackerOf(encoding: string, first: Buffer): Transform {
  const make = encoding === 'deflate' ? (isZlib(first) ? createInflate : createInflateRaw) : unpackers[encoding];
  if (make) return make();
  throw new FetchTrouble('FETCH_ERROR', 'BAD_ENCODING', `The page is packed in a way that is not known: ${encoding}.`);
}

export function encodingsOf(header: string | string[] | undefined): string[] {
  const named = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim().slice(0, 20));
  return named.filter((one) => one !== '' && one !== 'identity');
}

class Collector extends Writable {
  readonly parts: Buffer[] = [];
  readonly #limit: number;
  #size = 0;

  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  override _write(part: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.#size += part.length;
    const over = this.#size - this.#limit;
    this.parts.push(over > 0 ? part.subarray(0, Math.max(0, part.length - over)) : part);
    if (over > 0) done(tooLarge(this.#limit));
    else done();
  }
}

async function* counted(first: Buffer, rest: AsyncIterator<Buffer>, { bytes, onBytes }: BodyLimits) {
  let size = 0;
  for (let part: Buffer | null = first; part; ) {
    size += part.length;
    onBytes(part.length);
    yield part;
    if (size > bytes) throw tooLarge(bytes);
    const next: IteratorResult<Buffer> = await rest.next();
    part = next.done ? null : next.value;
  }
}

/** Reads and unpacks a body as it comes, and stops reading as soon as it is too large. @throws FetchTrouble */
export async function readBody(body: Body, header: string | string[] | undefined, limits: BodyLimits): Promise<Buffer> {
  const encodings = encodingsOf(header);
  if (encodings.length > mostEncodings) {
    throw new FetchTrouble('FETCH_ERROR', 'BAD_ENCODING', 'The page is packed several times over.');
  }
  const rest: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
  const begun = await rest.next();
  if (begun.done) return Buffer.alloc(0);
  const first: Buffer = begun.value;
  const collector = new Collector(limits.bytes);
  // What was packed first is unpacked last.
  const unpack = encodings
    .toReversed()
    .map((encoding, place) => unpackerOf(encoding, place === 0 ? first : Buffer.of(8)));
  try {
    await pipeline([Readable.from(counted(first, rest, limits)), ...unpack, collector]);
  } catch (error) {
    const isEnough = limits.isCut && error instanceof FetchTrouble && error.code === 'TOO_LARGE';
    if (!isEnough) throw error;
  }
  return Buffer.concat(collector.parts);
}

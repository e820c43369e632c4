import { Readable } from 'node:stream';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { ExchangeFailure } from './exchange-failure.ts';

/** Where the bytes of an archive are, wherever that is. */
export interface ArchiveBytes {
  readonly name: string;
  readonly size: number;
  read(from: number, to: number): AsyncIterable<Buffer>;
}

export interface ArchiveEntry {
  readonly name: string;
  readonly size: number;
  content(): AsyncIterable<Buffer>;
}

const mostEntries = 100_000;
/** Text is packed to a tenth or a thirtieth; deflate cannot do better than a thousandth, and only with nothing in it. */
const mostRatio = 300;
const alwaysAllowed = 1024 * 1024;

/** Reads the ranges that the ZIP reader asks for, and keeps a trouble of ours apart from what is wrong with the archive. */
class ArchiveReader extends RandomAccessReader {
  readonly #bytes: ArchiveBytes;
  #trouble: unknown;

  constructor(bytes: ArchiveBytes) {
    super();
    this.#bytes = bytes;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#read(start, end), { objectMode: false });
  }

  /** What is to be thrown for an error. */
  explain(error: unknown): unknown {
    if (this.#trouble !== undefined) return this.#trouble;
    const why = error instanceof Error ? error.message : String(error);
    return new ExchangeFailure(`${this.#bytes.name} is no ZIP archive that can be read: ${why}. Send it again.`);
  }

  async *#read(start: number, end: number): AsyncGenerator<Buffer> {
    try {
      yield* this.#bytes.read(start, end);
    } catch (error) {
      this.#trouble = error;
      throw error;
    }
  }
}

/** Refuses what no export has, by what the archive says of itself; that it tells the truth is checked while it is read. */
function check(archive: string, entry: Entry): void {
  const name = JSON.stringify(entry.fileName.slice(0, 80));
  if (entry.isEncrypted()) throw new ExchangeFailure(`${archive} holds ${name} under a password: send it without one.`);
  if (!entry.canDecodeFileData()) throw new ExchangeFailure(`${archive} packs ${name} in a way that is not known.`);
  const { uncompressedSize, compressedSize } = entry;
  if (uncompressedSize > alwaysAllowed && uncompressedSize > mostRatio * compressedSize)
    throw new ExchangeFailure(`${archive} holds ${name}, which would unpack to more than any export does.`);
}

async function* contentOf(zip: ZipFile, reader: ArchiveReader, entry: Entry): AsyncGenerator<Buffer> {
  try {
    yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>;
  } catch (error) {
    throw reader.explain(error);
  }
}

async function* entriesOf(reader: ArchiveReader, bytes: ArchiveBytes): AsyncGenerator<[ZipFile, Entry]> {
  try {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true } as const;
    const zip = await fromRandomAccessReaderPromise(reader, bytes.size, options);
    if (zip.entryCount > mostEntries)
      throw new ExchangeFailure(`${bytes.name} holds ${zip.entryCount} files, more than any export does.`);
    for await (const entry of zip.eachEntry()) yield [zip, entry];
  } catch (error) {
    throw error instanceof ExchangeFailure ? error : reader.explain(error);
  }
}

/**
 * The files in an archive. Names that lead out of it, encrypted entries, entries whose size is a lie and archives of
 * nothing but size are refused with an ExchangeFailure.
 */
export async function* readArchive(bytes: ArchiveBytes): AsyncGenerator<ArchiveEntry> {
  const reader = new ArchiveReader(bytes);
  for await (const [zip, entry] of entriesOf(reader, bytes)) {
    if (entry.fileName.endsWith('/')) continue;
    check(bytes.name, entry);
    yield {
      name: entry.fileName,
      size: entry.uncompressedSize,
      content: () => contentOf(zip, reader, entry),
    };
  }
}

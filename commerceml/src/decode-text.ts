import iconv from 'iconv-lite';
import type { ByteSource } from './file-scan.ts';

/** How far a reader has come, for the progress bar. */
export class ReadMeter {
  bytes = 0;
}

/** The file's text in chunks, without its byte order mark. */
export async function* decodeText(source: ByteSource, encoding: string, meter: ReadMeter): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  let first = true;
  for await (const chunk of source.chunks()) {
    meter.bytes += chunk.length;
    const text = decoder.write(chunk);
    yield first ? text.replace(/^\uFEFF/, '') : text;
    first = false;
  }
  const rest = decoder.end();
  if (rest) yield rest;
}

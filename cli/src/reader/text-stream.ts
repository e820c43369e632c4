import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';
import type { Place } from './row.ts';

/** How far a reader has come, for the progress bar. */
export class ReadMeter {
  bytes = 0;
}

/** The file's text in chunks, without its byte order mark. */
export async function* readText(path: string, encoding: string, meter: ReadMeter): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  let first = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 128 * 1024 })) {
    meter.bytes += chunk.length;
    const text = decoder.write(chunk);
    yield first ? text.replace(/^\uFEFF/, '') : text;
    first = false;
  }
  const rest = decoder.end();
  if (rest) yield rest;
}

export interface Line {
  place: Place;
  /** Undefined when the line was longer than any row can be. */
  text: string | undefined;
}

const longestLine = 8 * 1024 * 1024;

/** Lines without their ends. An over-long line is reported, not kept. */
export async function* readLines(file: string, chunks: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 0;
  let carry = '';
  let overflown = false;
  for await (const chunk of chunks) {
    const parts = (carry + chunk).split('\n');
    carry = parts.pop() ?? '';
    for (const part of parts) {
      yield { place: { file, line: ++number }, text: overflown ? undefined : part.replace(/\r$/, '') };
      overflown = false;
    }
    if (carry.length > longestLine) {
      overflown = true;
      carry = '';
    }
  }
  if (carry || overflown) yield { place: { file, line: number + 1 }, text: overflown ? undefined : carry };
}

import type { Place } from '@gastronom/commerceml/row';

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

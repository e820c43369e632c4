import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diffLines } from './line-diff.ts';

describe('the difference of two texts', () => {
  it('shows what was taken out and put in, with what surrounds it', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].join('\n');
    const after = ['a', 'b', 'C', 'd', 'e', 'f', 'g', 'h', 'new', 'i', 'j'].join('\n');

    expect(diffLines(before, after).split('\n')).toEqual([
      ' a',
      ' b',
      '-c',
      '+C',
      ' d',
      ' e',
      '@@',
      ' g',
      ' h',
      '+new',
      ' i',
      ' j',
    ]);
  });

  it('is empty for equal texts, and never loses a line that differs', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }).map((lines) => lines.join('\n'));

    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after).split('\n');
        const added = lines.filter((line) => line.startsWith('+')).length;
        const removed = lines.filter((line) => line.startsWith('-')).length;

        expect(added - removed).toBe(after.split('\n').length - before.split('\n').length);
        expect(added + removed === 0).toBe(before === after);
      }),
    );
  });
});

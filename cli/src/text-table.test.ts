import { describe, expect, it } from '@jest/globals';
import { textTable } from './text-table.ts';

describe('a table', () => {
  it('lines its columns up, and lets no cell steer the terminal', () => {
    const table = textTable(
      ['who', 'what'],
      [
        ['Anna', 'buffer.set'],
        ['\u001b[2JB\u202eo', 'x\ny'],
      ],
    );

    expect(table.split('\n')).toEqual(['who      what', 'Anna     buffer.set', ' [2JB o  x y']);
  });
});

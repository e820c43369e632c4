import { describe, expect, it } from '@jest/globals';
import { functionCode } from './function-code.ts';

describe('a function made of text', () => {
  it('has its parts as variables, and functions of one text are apart', () => {
    const source = 'return function add(more) { return base + more; };';

    const one = functionCode(source, { base: 1 }) as (more: number) => number;
    const ten = functionCode(source, { base: 10 }) as (more: number) => number;

    expect(one(1)).toBe(2);
    expect(ten(1)).toBe(11);
  });

  it('tells of a text that cannot be read', () => {
    expect(() => functionCode('return function (', {})).toThrow(SyntaxError);
  });
});

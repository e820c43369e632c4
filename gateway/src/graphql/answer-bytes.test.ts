import { describe, expect, it } from '@jest/globals';
import { answerBytes } from './answer-bytes.ts';

describe('the bytes of an answer', () => {
  it('are those of its text in UTF-8, whatever its letters', () => {
    for (const letters of ['bread', 'crème brûlée', 'хлеб', 'хлеб 🍞']) {
      for (const times of [1, 2_000]) {
        const text = JSON.stringify(letters.repeat(times));
        expect(Buffer.from(answerBytes(text)).equals(Buffer.from(text))).toBe(true);
      }
    }
  });
});

import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { AnswerCache } from './answer-cache.ts';
import { PublicAnswer } from './public-answer.ts';

const nobody = { stateOf: () => undefined, answerKnown: () => Promise.resolve(undefined) };
const answerOf = (name: string) =>
  new PublicAnswer({ name }, Date.now(), { operation: '1', variables: [], key: name, points: 1 }, nobody);

describe('the answers that are kept', () => {
  it('take no memory once their time is over, though nobody asks for them again', async () => {
    const cache = new AnswerCache({ seconds: 0.02, bytes: 1_000_000 });
    for (let number = 0; number < 100; number += 1) cache.keep(`q${number}`, answerOf(`tea ${number}`), 0);
    const full = cache.bytes;

    while (cache.bytes > 0) await setTimeout(5);

    expect([full > 10_000, cache.has('q0')]).toEqual([true, false]);
  });

  it('are kept anew after all had gone', async () => {
    const cache = new AnswerCache({ seconds: 0.02, bytes: 1_000_000 });
    cache.keep('tea', answerOf('tea'), 0);
    while (cache.bytes > 0) await setTimeout(5);

    cache.keep('rice', answerOf('rice'), 0);
    expect(cache.bytes).toBeGreaterThan(0);

    while (cache.bytes > 0) await setTimeout(5);
  });

  it('are gone at once when something changes', () => {
    const cache = new AnswerCache({ seconds: 2, bytes: 1_000_000 });
    cache.keep('tea', answerOf('tea'), 0);

    cache.drop();

    expect([cache.has('tea'), cache.bytes, cache.generation]).toEqual([false, 0, 1]);
  });
});

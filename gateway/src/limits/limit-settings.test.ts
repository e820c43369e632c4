import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { limitVariables, readAllowances } from './limit-settings.ts';

const read = (variables: Record<string, string>, production: boolean) => {
  const settings = z.object(limitVariables).parse(variables);
  return { costLimit: settings.COST_LIMIT, ...readAllowances(settings, production) };
};

describe('the settings of limits', () => {
  it('limit nothing but cost outside production', () => {
    expect(read({}, false)).toEqual({ costLimit: 20_000, ip: 0, user: 0, key: 0 });
  });

  it('limit everybody in production', () => {
    expect(read({}, true)).toEqual({ costLimit: 20_000, ip: 6_000, user: 1_200, key: 6_000 });
  });

  it('are taken as they are given, none among them', () => {
    const given = { COST_LIMIT: '500', RATE_LIMIT_IP: '0', RATE_LIMIT_USER: '7', RATE_LIMIT_KEY: '100000' };

    expect(read(given, true)).toEqual({ costLimit: 500, ip: 0, user: 7, key: 100_000 });
  });

  it.each([
    ['COST_LIMIT', '0'],
    ['RATE_LIMIT_IP', '-1'],
    ['RATE_LIMIT_USER', '1.5'],
    ['RATE_LIMIT_KEY', 'many'],
  ])('refuse %s=%s', (name, value) => {
    expect(() => read({ [name]: value }, true)).toThrow();
  });
});
